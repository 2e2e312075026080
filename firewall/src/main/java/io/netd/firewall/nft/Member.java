package io.netd.firewall.nft;

import io.netd.netlink.nft.NftElement;
import java.util.List;
import java.util.Optional;

/**
 * A rule as an element of a map.
 *
 * @param map the map
 * @param element the element
 * @param beside the element of a second set, which the same line looks into: a key that begins with this one's. No second
 *     one may begin so
 */
public record Member(MapRule map, NftElement element, Optional<Member> beside) {
    /** An element of one map. */
    public Member(MapRule map, NftElement element) {
        this(map, element, Optional.empty());
    }

    /** The element, and the one beside it. */
    List<Member> parts() {
        return beside.isPresent() ? List.of(this, beside.get()) : List.of(this);
    }
}
