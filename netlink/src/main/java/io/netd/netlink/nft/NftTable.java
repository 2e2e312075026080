package io.netd.netlink.nft;

import io.netd.netlink.wire.Message;

/**
 * A table that is there.
 *
 * @param name its name
 * @param userData what its maker left with it; empty when nothing
 */
public record NftTable(String name, Data userData) {
    static NftTable read(Message message) {
        var attributes = message.attributes(NfTables.NFGENMSG);
        return new NftTable(
                attributes.text(NfTables.NFTA_TABLE_NAME).orElse(""),
                attributes
                        .find(NfTables.NFTA_TABLE_USERDATA)
                        .map(found -> Data.of(found.bytes()))
                        .orElseGet(Data::of));
    }
}
