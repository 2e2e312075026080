package io.netd.netlink.nft;

/** A chain by its full name. */
public record ChainName(NftFamily family, String table, String chain) {
    @Override
    public String toString() {
        return family + " " + table + " " + chain;
    }
}
