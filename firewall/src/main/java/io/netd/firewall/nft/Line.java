package io.netd.firewall.nft;

import io.netd.netlink.nft.RuleBody;

/**
 * A rule as it stands in a chain of the kernel.
 *
 * @param rank its order among netd's lines in the chain, as {@link io.netd.firewall.Rule#rank()}
 * @param body what it consists of
 */
public record Line(int rank, RuleBody body) {}
