package io.netd.netlink.nft;

import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.util.Optional;

/** What one message of a transaction that somebody committed tells of nf_tables. Messages about anything else are none. */
public sealed interface NftEvent {
    /** A table was made, or its flags were changed. */
    record TableMade(NftFamily family, NftTable table) implements NftEvent {}

    /** A table was deleted; what was in it is told before. */
    record TableGone(NftFamily family, String table) implements NftEvent {}

    /** A chain was made, or its policy was changed. */
    record ChainMade(NftFamily family, NftChain chain) implements NftEvent {}

    /** A chain was deleted; its rules are told before. */
    record ChainGone(ChainName chain) implements NftEvent {}

    /** A rule was added, or took another one's place, which is told as gone. */
    record RuleMade(ChainName chain) implements NftEvent {}

    /** A rule was deleted. */
    record RuleGone(ChainName chain, long handle) implements NftEvent {}

    /** A chain of a table has another name now. */
    record ChainRenamed(NftFamily family, String table) implements NftEvent {}

    /** The sets of a table, or their elements, are others now. */
    record SetsChanged(NftFamily family, String table) implements NftEvent {
        /** Whether the chain is in that table. */
        public boolean isBeside(ChainName chain) {
            return chain.family() == family && chain.table().equals(table);
        }
    }

    /** Reads a message; nothing where it is of no such kind, or of a family that netd has no rules in. */
    static Optional<NftEvent> of(Message message) {
        return NftFamily.of(message.payload().get(0)).flatMap(family -> of(family, message));
    }

    private static Optional<NftEvent> of(NftFamily family, Message message) {
        Attributes attributes = message.attributes(NfTables.NFGENMSG);
        return switch (message.type() ^ Messages.type(0)) {
            case NfTables.NFT_MSG_NEWTABLE -> Optional.of(new TableMade(family, NftTable.read(message)));
            case NfTables.NFT_MSG_DELTABLE ->
                Optional.of(new TableGone(family, NftTable.read(message).name()));
            case NfTables.NFT_MSG_NEWCHAIN -> Optional.of(chain(family, message));
            case NfTables.NFT_MSG_DELCHAIN -> {
                NftChain chain = NftChain.read(message);
                yield Optional.of(new ChainGone(new ChainName(family, chain.table(), chain.name())));
            }
            case NfTables.NFT_MSG_NEWRULE -> Optional.of(new RuleMade(chainOfRule(family, attributes)));
            case NfTables.NFT_MSG_DELRULE ->
                Optional.of(new RuleGone(chainOfRule(family, attributes), NftRule.handle(message)));
            case NfTables.NFT_MSG_NEWSET,
                    NfTables.NFT_MSG_DELSET,
                    NfTables.NFT_MSG_NEWSETELEM,
                    NfTables.NFT_MSG_DELSETELEM ->
                // NFTA_SET_TABLE and NFTA_SET_ELEM_LIST_TABLE are the same number.
                attributes.text(NfTables.NFTA_SET_TABLE).map(table -> new SetsChanged(family, table));
            default -> Optional.empty();
        };
    }

    /** Who makes a chain asks to create it; kernels before 5.16 do not tell, and all look renamed. */
    private static NftEvent chain(NftFamily family, Message message) {
        NftChain chain = NftChain.read(message);
        boolean isMade = message.has(Netlink.NLM_F_CREATE) || message.has(Netlink.NLM_F_EXCL);
        return isMade ? new ChainMade(family, chain) : new ChainRenamed(family, chain.table());
    }

    private static ChainName chainOfRule(NftFamily family, Attributes rule) {
        return new ChainName(
                family,
                rule.text(NfTables.NFTA_RULE_TABLE).orElse(""),
                rule.text(NfTables.NFTA_RULE_CHAIN).orElse(""));
    }
}
