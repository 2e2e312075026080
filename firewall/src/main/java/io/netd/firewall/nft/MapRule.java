package io.netd.firewall.nft;

import io.netd.firewall.Rule;
import io.netd.netlink.nft.SetSpec;
import java.util.Optional;

/**
 * A set or map whose elements are rules of a chain, and the line of the chain that looks into it: however many elements,
 * a packet is looked up once. Both are there while an element is, or a rule with which they stand: making and removing
 * them costs several times what an element does.
 *
 * @param name the set's name, unique in its table
 * @param spec what it is
 * @param lookup the line
 * @param with the rule with which it stands, even when it is empty
 */
public record MapRule(String name, SetSpec spec, Line lookup, Optional<Rule> with) {}
