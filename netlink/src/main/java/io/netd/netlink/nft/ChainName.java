package io.netd.netlink.nft;

import io.netd.address.IpFamily;

/** A chain by its full name. */
public record ChainName(IpFamily family, String table, String chain) {
    @Override
    public String toString() {
        return (family == IpFamily.IPV4 ? "ip " : "ip6 ") + table + " " + chain;
    }
}
