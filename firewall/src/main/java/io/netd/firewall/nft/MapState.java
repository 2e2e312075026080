package io.netd.firewall.nft;

import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.NftElement;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The elements of one map of the kernel. */
final class MapState {
    private final MapRule rule;
    private final NavigableMap<Data, NftElement> elements = new TreeMap<>(MapState::compare);

    MapState(MapRule rule) {
        this.rule = rule;
    }

    MapRule rule() {
        return rule;
    }

    boolean has(NftElement element) {
        return element.equals(elements.get(element.key()));
    }

    /** Whether another element stands in the way of this one: a key has one value, and ranges may not overlap. */
    boolean isTaken(NftElement element) {
        if (!rule.spec().intervals()) {
            return elements.containsKey(element.key()) && !has(element);
        }
        // Those that are there do not overlap, so the last one that begins in time is the last one that ends.
        var before = elements.floorEntry(element.last());
        return before != null
                && !before.getValue().equals(element)
                && compare(before.getValue().last(), element.key()) >= 0;
    }

    /** Whether there is an element besides this one whose key begins so. */
    boolean hasAnother(NftElement element, Data beginning) {
        var found = elements.tailMap(beginning, true).values().stream()
                .filter(other -> !other.equals(element))
                .findFirst();
        return found.filter(other -> begins(other.key(), beginning)).isPresent();
    }

    private static boolean begins(Data key, Data beginning) {
        int length = beginning.length();
        return key.length() >= length && Arrays.equals(key.bytes(), 0, length, beginning.bytes(), 0, length);
    }

    void put(NftElement element) {
        elements.put(element.key(), element);
    }

    void remove(NftElement element) {
        elements.remove(element.key());
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Ranges differ in their last field only. */
    private static int compare(Data one, Data other) {
        return Arrays.compareUnsigned(one.bytes(), other.bytes());
    }
}
