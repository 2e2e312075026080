package io.netd.linux.net;

import io.netd.linux.fs.SmallFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The users that a user namespace has (user_namespaces(7), {@code uid_map}). */
final class UserMap {
    private static final Path OWN = Path.of("/proc/self/uid_map");

    /** The kernel takes at most 340 ranges. */
    private static final int LIMIT = 340 * 40;

    private record Range(long first, long count) {
        static Range parse(String line) {
            String[] fields = line.strip().split("\\s+");
            return new Range(Long.parseLong(fields[0]), Long.parseLong(fields[2]));
        }
    }

    private UserMap() {}

    /**
     * The user of this process's namespace who is least likely to have processes, as {@code uid_t} has it.
     *
     * @return empty where each range is of one user: that is this process's own
     */
    static Optional<Integer> unused() {
        return unused(SmallFiles.read(OWN, LIMIT)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .orElse(""));
    }

    /** The last one of the longest range: who hands users out begins at the other end. */
    static Optional<Integer> unused(String map) {
        return map.lines()
                .map(Range::parse)
                .filter(range -> range.count() > 1)
                .max(Comparator.comparingLong(Range::count))
                .map(range -> (int) (range.first() + range.count() - 1));
    }
}
