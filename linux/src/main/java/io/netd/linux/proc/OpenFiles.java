package io.netd.linux.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file descriptors of this process: how many it has and may have (getrlimit(2), RLIMIT_NOFILE). */
public final class OpenFiles {
    private static final Path SELF = Path.of("/proc/self");
    private static final String LIMIT = "Max open files";

    private OpenFiles() {}

    /** How many it may have; the Java machine has raised the soft limit to the hard one at its start. */
    public static int limit() {
        try {
            return limit(Files.readAllLines(SELF.resolve("limits")));
        } catch (IOException e) {
            throw new UncheckedIOException("open files: " + e.getMessage(), e);
        }
    }

    /** Of the lines of /proc/PID/limits, whose columns are name, soft limit, hard limit, unit. */
    static int limit(List<String> lines) {
        String soft = lines.stream()
                .filter(line -> line.startsWith(LIMIT))
                .map(line -> line.substring(LIMIT.length()).strip().split("\\s+")[0])
                .findFirst()
                .orElse("unlimited");
        return soft.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
    }

    /** How many it has. */
    public static int count() {
        int count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(SELF.resolve("fd"))) {
            for (Path ignored : descriptors) {
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("open files: " + e.getMessage(), e);
        }
        return count;
    }
}
