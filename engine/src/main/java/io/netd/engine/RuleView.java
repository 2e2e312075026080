package io.netd.engine;

import io.netd.firewall.Owner;
import io.netd.firewall.Rule;

/**
 * A rule that netd wants on our own host.
 *
 * @param owner who needs it
 * @param rule what it says; names its framework where that is not the host's usual one
 * @param present whether it stands in the kernel
 */
public record RuleView(Owner owner, Rule rule, boolean present) {}
