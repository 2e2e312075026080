package io.netd.netlink.nft;

/** A set or map by its full name. */
public record SetName(NftFamily family, String table, String set) {
    @Override
    public String toString() {
        return family + " " + table + " " + set;
    }
}
