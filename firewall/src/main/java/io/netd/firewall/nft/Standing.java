package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;

/**
 * A map that stands with a rule, even when it is empty; see {@link MapRule#with}.
 *
 * @param example a rule that would be an element of it
 * @param map the map
 */
public record Standing(Rule example, MapRule map) {
    /** The chain that the map's rules belong to. */
    ChainRef chain() {
        return ChainRef.of(example);
    }
}
