package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import java.util.Optional;

/**
 * A chain that is there.
 *
 * @param table the table it is in
 * @param name its name
 * @param hook where it hooks in; absent for a chain that others jump to
 * @param accepts whether the policy is to accept; true for a chain without a hook
 * @param userData what its maker left with it; empty when nothing
 */
public record NftChain(String table, String name, Optional<Hook> hook, boolean accepts, Data userData) {
    static NftChain read(Message message) {
        var attributes = message.attributes(NfTables.NFGENMSG);
        return new NftChain(
                attributes.text(NfTables.NFTA_CHAIN_TABLE).orElse(""),
                attributes.text(NfTables.NFTA_CHAIN_NAME).orElse(""),
                hook(attributes),
                attributes.find(NfTables.NFTA_CHAIN_POLICY).map(Attribute::be32).orElse(NfTables.NF_ACCEPT)
                        == NfTables.NF_ACCEPT,
                attributes
                        .find(NfTables.NFTA_CHAIN_USERDATA)
                        .map(found -> Data.of(found.bytes()))
                        .orElseGet(Data::of));
    }

    private static Optional<Hook> hook(Attributes chain) {
        Attributes hook = chain.nested(NfTables.NFTA_CHAIN_HOOK);
        return hook.find(NfTables.NFTA_HOOK_HOOKNUM)
                .map(number -> new Hook(
                        chain.text(NfTables.NFTA_CHAIN_TYPE).orElse(""),
                        number.be32(),
                        hook.find(NfTables.NFTA_HOOK_PRIORITY)
                                .map(Attribute::be32)
                                .orElse(0)));
    }
}
