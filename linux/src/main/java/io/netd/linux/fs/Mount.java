package io.netd.linux.fs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code /proc/PID/mountinfo}.
 *
 * @param root the part of the file system that is mounted
 * @param options the mount's own options
 * @param superOptions the file system's options
 */
public record Mount(
        int id,
        int parent,
        String root,
        Path point,
        List<String> options,
        List<String> propagation,
        String type,
        String source,
        List<String> superOptions) {
    /** Copies the lists. */
    public Mount {
        options = List.copyOf(options);
        propagation = List.copyOf(propagation);
        superOptions = List.copyOf(superOptions);
    }

    /** Reads a line as proc(5) describes it; empty when it is too short. */
    static Optional<Mount> parse(String line) {
        List<String> fields = Arrays.asList(line.split(" "));
        int dash = fields.indexOf("-");
        if (dash < 6 || fields.size() < dash + 4) {
            return Optional.empty();
        }
        return Optional.of(new Mount(
                Integer.parseInt(fields.get(0)),
                Integer.parseInt(fields.get(1)),
                unescaped(fields.get(3)),
                Path.of(unescaped(fields.get(4))),
                List.of(fields.get(5).split(",")),
                fields.subList(6, dash),
                fields.get(dash + 1),
                unescaped(fields.get(dash + 2)),
                splitOptions(fields.get(dash + 3))));
    }

    /** An escaped comma (\\054) inside a value must not split it, so options stay escaped until they are split. */
    private static List<String> splitOptions(String text) {
        List<String> options = new ArrayList<>();
        for (String option : text.split(",")) {
            options.add(unescaped(option));
        }
        return options;
    }

    /** The kernel writes blank, tab, newline and backslash as three octal digits after a backslash. */
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            boolean escape = in[i] == '\\' && i + 3 < in.length;
            out[length++] = escape ? octal(in, i + 1) : in[i];
            i += escape ? 3 : 0;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static byte octal(byte[] digits, int start) {
        return (byte) ((digits[start] - '0') << 6 | (digits[start + 1] - '0') << 3 | (digits[start + 2] - '0'));
    }
}
