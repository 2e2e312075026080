package io.netd.firewall.nft;

import io.netd.netlink.nft.Position;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Netd's lines in one chain of the kernel with their handles, the chain's maps, and how many rules of others there are. */
final class ChainState {
    private final NavigableMap<Integer, RankLines> byRank = new TreeMap<>();
    private final Map<String, MapState> maps = new LinkedHashMap<>();
    private final Set<Line> overtaken = new HashSet<>();
    private OptionalLong end = OptionalLong.empty();
    private int foreign;

    OptionalLong handle(Line line) {
        RankLines lines = byRank.get(line.rank());
        return lines == null ? OptionalLong.empty() : lines.handle(line);
    }

    /** Whether there is a line of that rank that looks into no map; a rule's need not be made to know that it is not there. */
    boolean hasRuleOf(int rank) {
        RankLines lines = byRank.get(rank);
        if (lines != null) {
            for (Line line : lines.all()) {
                if (!isLookup(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isLookup(Line line) {
        for (MapState map : maps.values()) {
            if (map.rule().lookup().equals(line)) {
                return true;
            }
        }
        return false;
    }

    boolean has(Line line) {
        return handle(line).isPresent();
    }

    /** Whether packets find the element. */
    boolean has(Member member) {
        return has(member.map().lookup()) && holdsAll(member);
    }

    /** Whether the element is there, and the one beside it, whoever looks for them. */
    boolean holdsAll(Member member) {
        for (Member part : member.parts()) {
            if (!holds(part)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this one element is there. */
    boolean holds(Member part) {
        MapState map = maps.get(part.map().name());
        return map != null && map.has(part.element());
    }

    /** Whether the element cannot be there because of another one. */
    boolean isTaken(Member member) {
        MapState map = maps.get(member.map().name());
        boolean isKeyTaken = map != null && map.isTaken(member.element());
        return isKeyTaken
                || member.beside().isPresent()
                        && isBesideTaken(member, member.beside().get());
    }

    private boolean isBesideTaken(Member member, Member part) {
        MapState map = maps.get(part.map().name());
        return map != null && map.hasAnother(part.element(), member.element().key());
    }

    void place(Line line, long handle) {
        byRank.computeIfAbsent(line.rank(), rank -> new RankLines()).put(line, handle);
    }

    void remove(Line line) {
        byRank.computeIfPresent(line.rank(), (rank, lines) -> {
            lines.remove(line);
            return lines.isEmpty() ? null : lines;
        });
        overtaken.remove(line);
    }

    /** Whether the line is there, and where netd's belong. */
    boolean isInPlace(Line line) {
        return has(line) && !overtaken.contains(line);
    }

    boolean hasOvertaken() {
        return !overtaken.isEmpty();
    }

    /**
     * The next rule of a chain at whose end netd's lines belong is somebody else's.
     *
     * @param returns whether no packet gets behind it
     */
    void follow(long handle, boolean returns) {
        if (end.isPresent()) {
            return;
        }
        if (returns) {
            end = OptionalLong.of(handle);
        } else {
            byRank.values().forEach(lines -> overtaken.addAll(lines.all()));
        }
    }

    /** The next rule of such a chain is netd's. */
    void follow(Line line, long handle) {
        place(line, handle);
        if (end.isPresent()) {
            overtaken.add(line);
        }
    }

    boolean hasMap(MapRule map) {
        return maps.containsKey(map.name());
    }

    MapState map(MapRule map) {
        return maps.computeIfAbsent(map.name(), name -> new MapState(map));
    }

    void removeMap(MapRule map) {
        maps.remove(map.name());
    }

    /** Maps that are there without an element. */
    List<MapRule> emptyMaps() {
        return maps.values().stream()
                .filter(MapState::isEmpty)
                .map(MapState::rule)
                .toList();
    }

    void countForeign() {
        foreign++;
    }

    /** Forgets a rule that somebody else deleted; false when nothing was known of it. */
    boolean lose(long handle) {
        Optional<Line> ours = byRank.values().stream()
                .flatMap(lines -> lines.line(handle).stream())
                .findFirst();
        ours.ifPresent(this::remove);
        if (ours.isEmpty()) {
            foreign--;
        }
        return foreign >= 0;
    }

    /** Whether there is a rule besides these. */
    boolean holdsOthersThan(Set<Line> known) {
        return foreign > 0 || byRank.values().stream().anyMatch(lines -> !known.containsAll(lines.all()));
    }

    /** Whether rules were not recognised when the chain was read. */
    boolean hasForeign() {
        return foreign > 0;
    }

    boolean isEmpty() {
        return byRank.isEmpty() && foreign == 0 && maps.isEmpty();
    }

    /**
     * Returns where a line of this chain belongs. Lines that come in one batch are written in the order of
     * {@link RuleOrder}, so that none needs to refer to another that has no handle yet.
     */
    Position position(Line line) {
        if (RuleOrder.comesBeforeOthers(line)) {
            var before = byRank.floorEntry(line.rank());
            return before == null
                    ? Position.FIRST
                    : Position.after(before.getValue().last());
        }
        var after = byRank.higherEntry(line.rank());
        if (after != null) {
            return Position.before(after.getValue().first());
        }
        return end.isPresent() ? Position.before(end.getAsLong()) : Position.LAST;
    }
}
