package io.netd.firewall.nft;

import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.NftElement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The elements of one map of the kernel. */
final class MapState {
    private final MapRule rule;
    private final Map<Data, NftElement> elements = new HashMap<>();

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
        return elements.values().stream().anyMatch(other -> !other.equals(element) && overlap(other, element));
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
    private static boolean overlap(NftElement one, NftElement other) {
        return compare(one.key(), other.last()) <= 0 && compare(other.key(), one.last()) <= 0;
    }

    private static int compare(Data one, Data other) {
        return Arrays.compareUnsigned(one.bytes(), other.bytes());
    }
}
