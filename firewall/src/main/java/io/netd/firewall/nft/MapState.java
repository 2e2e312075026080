package io.netd.firewall.nft;

import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.NftElement;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The elements of one map of the kernel. */
final class MapState {
    private final MapRule rule;
    /** By key; ranges differ in their last field only. */
    private final NavigableMap<Data, NftElement> elements = new TreeMap<>();

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
            NftElement other = elements.get(element.key());
            return other != null && !element.equals(other);
        }
        // Those that are there do not overlap, so the last one that begins in time is the last one that ends.
        var before = elements.floorEntry(element.last());
        return before != null
                && !before.getValue().equals(element)
                && before.getValue().last().compareTo(element.key()) >= 0;
    }

    /** Whether there is an element besides this one whose key begins so. */
    boolean hasAnother(NftElement element, Data beginning) {
        var found = elements.tailMap(beginning, true).values().stream()
                .filter(other -> !other.equals(element))
                .findFirst();
        return found.filter(other -> other.key().begins(beginning)).isPresent();
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
}
