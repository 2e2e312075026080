package io.netd.firewall.nft;

import io.netd.netlink.nft.NftElement;

/**
 * A rule as an element of a map.
 *
 * @param map the map
 * @param element the element
 */
public record Member(MapRule map, NftElement element) {}
