package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;

/**
 * A chain of a verdict map into which only such packets jump as can meet the conditions of the rules in it: a packet is
 * looked up once and sees the rules of its own key only, however many keys there are. The chain and its element are there
 * while anything stands in it.
 *
 * @param entrance the element that jumps into it; its map's line stands in the chain that the rules belong to
 * @param chain the chain
 */
public record Branch(Member entrance, ChainRef chain) {}
