package io.netd.firewall.nft;

import io.netd.netlink.nft.SetSpec;

/**
 * A set or map whose elements are rules of a chain, and the line of the chain that looks into it: however many elements,
 * a packet is looked up once. Both are there while an element is.
 *
 * @param name the set's name, unique in its table
 * @param spec what it is
 * @param lookup the line
 */
public record MapRule(String name, SetSpec spec, Line lookup) {}
