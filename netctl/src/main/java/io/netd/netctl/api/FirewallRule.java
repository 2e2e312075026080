package io.netd.netctl.api;

/**
 * A rule that netd wants.
 *
 * @param owner who needs it: {@code network/NAME} or {@code attachment/CONTAINER/INTERFACE/PLUGIN/...}
 * @param framework where it stands: {@code iptables} or {@code nftables}
 * @param rule the rule as a command of iptables or ip6tables
 * @param present whether it stands in the kernel
 */
public record FirewallRule(String owner, String framework, String rule, boolean present) {}
