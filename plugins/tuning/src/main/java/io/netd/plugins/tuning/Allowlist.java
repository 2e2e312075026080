package io.netd.plugins.tuning;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.fs.RootDirectory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The parameters that an administrator allows: one regular expression a line, which may match anywhere in a key as it is
 * written. Without a file everything is allowed.
 */
record Allowlist(List<String> lines) {
    private static final String FILE = "/etc/cni/tuning/allowlist.conf";
    private static final int MAX_BYTES = 1 << 20;

    /** Java reads these as something wider than Go does. */
    private static final Pattern READ_OTHERWISE = Pattern.compile("\\[\\^?\\[|\\[:|&&");

    /** Keeps a copy. */
    Allowlist {
        lines = List.copyOf(lines);
    }

    /** Reads the caller's file; empty when there is none. */
    static Optional<Allowlist> read(RootDirectory root) {
        return root.readText(FILE, MAX_BYTES)
                .map(text -> new Allowlist(text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()));
    }

    /**
     * Makes sure that all are allowed.
     *
     * @throws CniException naming the first that is not
     */
    void require(Collection<Parameter> parameters) {
        List<Pattern> patterns = lines.stream().map(Allowlist::pattern).toList();
        for (Parameter parameter : parameters) {
            if (patterns.stream()
                    .noneMatch(pattern -> pattern.matcher(parameter.key()).find())) {
                throw new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "sysctl \"" + parameter.key() + "\": not allowed by " + FILE,
                        "allowed: " + String.join(" ", lines));
            }
        }
    }

    private static Pattern pattern(String line) {
        if (READ_OTHERWISE.matcher(line).find()) {
            throw refused(line, "classes inside of classes are not supported");
        }
        try {
            return Pattern.compile(line);
        } catch (PatternSyntaxException e) {
            throw refused(line, e.getDescription());
        }
    }

    private static CniException refused(String line, String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, FILE + ": \"" + line + "\": " + fault);
    }
}
