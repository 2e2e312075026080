package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Message;

/**
 * A chain that is there.
 *
 * @param table the table it is in
 * @param name its name
 * @param accepts whether the policy is to accept; true for a chain without a hook
 * @param userData what its maker left with it; empty when nothing
 */
public record NftChain(String table, String name, boolean accepts, Data userData) {
    static NftChain read(Message message) {
        var attributes = message.attributes(NfTables.NFGENMSG);
        return new NftChain(
                attributes.text(NfTables.NFTA_CHAIN_TABLE).orElse(""),
                attributes.text(NfTables.NFTA_CHAIN_NAME).orElse(""),
                attributes.find(NfTables.NFTA_CHAIN_POLICY).map(Attribute::be32).orElse(NfTables.NF_ACCEPT)
                        == NfTables.NF_ACCEPT,
                attributes
                        .find(NfTables.NFTA_CHAIN_USERDATA)
                        .map(found -> Data.of(found.bytes()))
                        .orElseGet(Data::of));
    }
}
