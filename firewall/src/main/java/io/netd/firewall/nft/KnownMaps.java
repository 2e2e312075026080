package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The maps that rules were elements of lately, by their names: a set's name says all of it, and a chain finds the line of a
 * map at once that is the very object it knows. Not thread-safe.
 */
public final class KnownMaps {
    private static final int MANY = 1000;

    private final Map<IpFamily, Map<String, MapRule>> families = new EnumMap<>(IpFamily.class);

    /** The map of that name, made where none is known. */
    public MapRule of(IpFamily family, String name, Supplier<MapRule> source) {
        Map<String, MapRule> maps = families.computeIfAbsent(family, key -> new HashMap<>());
        Optional<MapRule> known = Optional.ofNullable(maps.get(name));
        return known.orElseGet(() -> remember(maps, source.get()));
    }

    private static MapRule remember(Map<String, MapRule> maps, MapRule map) {
        if (maps.size() >= MANY) {
            maps.clear();
        }
        maps.put(map.name(), map);
        return map;
    }
}
