package io.netd.netlink.nft;

/**
 * Where a base chain hooks in.
 *
 * @param type "filter", "nat" or "route"
 * @param number NF_INET_*
 * @param priority lower comes first
 */
public record Hook(String type, int number, int priority) {}
