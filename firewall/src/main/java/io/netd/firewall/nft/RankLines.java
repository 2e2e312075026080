package io.netd.firewall.nft;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Lines of one rank in a chain, in the order in which they came; each step costs the same however many there are. */
final class RankLines {
    private record Placed(long turn, long handle) {}

    private final Map<Line, Placed> lines = new HashMap<>();
    private final NavigableMap<Long, Long> handles = new TreeMap<>();
    private long turns;

    void put(Line line, long handle) {
        remove(line);
        lines.put(line, new Placed(turns, handle));
        handles.put(turns++, handle);
    }

    void remove(Line line) {
        Placed placed = lines.remove(line);
        if (placed != null) {
            handles.remove(placed.turn());
        }
    }

    OptionalLong handle(Line line) {
        Placed placed = lines.get(line);
        return placed == null ? OptionalLong.empty() : OptionalLong.of(placed.handle());
    }

    /** The line that has the handle. */
    Optional<Line> line(long handle) {
        return lines.entrySet().stream()
                .filter(entry -> entry.getValue().handle() == handle)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Set<Line> all() {
        return lines.keySet();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The handle of the first; there must be one. */
    long first() {
        return handles.firstEntry().getValue();
    }

    /** The handle of the last; there must be one. */
    long last() {
        return handles.lastEntry().getValue();
    }
}
