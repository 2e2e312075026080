package io.netd.netlink.nft;

import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Changes that the kernel takes as one transaction: all or none. The kernel refuses it (ERESTART) when anybody changed
 * the rules since the generation it was made for, if it was made for one. Pure; {@link NftSocket#commit} sends it.
 */
public final class NftBatch {
    /** A message to come: written once it is known which one is the last and asks for the acknowledgement. */
    private record Operation(String what, int type, int flags, NftFamily family, Consumer<MessageWriter> attributes) {}

    private final OptionalInt generation;
    private final List<Operation> operations = new ArrayList<>();

    /** Starts a batch that holds only for this generation of the rules. */
    public NftBatch(int generation) {
        this(OptionalInt.of(generation));
    }

    private NftBatch(OptionalInt generation) {
        this.generation = generation;
    }

    /** Starts a batch that holds whatever the rules are: one that neither reads nor deletes a rule. */
    public static NftBatch ofAnyGeneration() {
        return new NftBatch(OptionalInt.empty());
    }

    /** Tells whether nothing was added yet. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** Makes a table unless it is there. */
    public NftBatch addTable(NftFamily family, String table, Data userData) {
        return add("add table " + table, NfTables.NFT_MSG_NEWTABLE, Netlink.NLM_F_CREATE, family, writer -> {
            writer.text(NfTables.NFTA_TABLE_NAME, table);
            if (userData.length() > 0) {
                writer.bytes(NfTables.NFTA_TABLE_USERDATA, userData.bytes());
            }
        });
    }

    /** Makes a table that the kernel deletes, with all in it, when the committing socket is closed (Linux 5.12). */
    public NftBatch addOwnedTable(NftFamily family, String table) {
        return add(
                "add table " + table,
                NfTables.NFT_MSG_NEWTABLE,
                Netlink.NLM_F_CREATE,
                family,
                writer -> writer.text(NfTables.NFTA_TABLE_NAME, table)
                        .be32(NfTables.NFTA_TABLE_FLAGS, NfTables.NFT_TABLE_F_OWNER));
    }

    /** Makes a chain unless it is there; a base chain's policy is to accept. */
    public NftBatch addChain(ChainName chain, Optional<Hook> hook, Data userData) {
        return add("add chain " + chain, NfTables.NFT_MSG_NEWCHAIN, Netlink.NLM_F_CREATE, chain.family(), writer -> {
            writer.text(NfTables.NFTA_CHAIN_TABLE, chain.table()).text(NfTables.NFTA_CHAIN_NAME, chain.chain());
            hook.ifPresent(found -> write(writer, found));
            if (userData.length() > 0) {
                writer.bytes(NfTables.NFTA_CHAIN_USERDATA, userData.bytes());
            }
        });
    }

    /** Puts a rule into a chain; {@link Committed} has its handle afterwards. */
    public NftBatch addRule(ChainName chain, RuleBody rule, Position position) {
        int flags = position.flags() | Netlink.NLM_F_ECHO;
        return add("add rule to " + chain, NfTables.NFT_MSG_NEWRULE, flags, chain.family(), writer -> {
            writer.text(NfTables.NFTA_RULE_TABLE, chain.table()).text(NfTables.NFTA_RULE_CHAIN, chain.chain());
            if (position.handle() != 0) {
                writer.be64(NfTables.NFTA_RULE_POSITION, position.handle());
            }
            write(writer, rule);
        });
    }

    /** Deletes a rule; ENOENT if it is not there. */
    public NftBatch deleteRule(ChainName chain, long handle) {
        return add(
                "delete rule of " + chain,
                NfTables.NFT_MSG_DELRULE,
                0,
                chain.family(),
                writer -> writer.text(NfTables.NFTA_RULE_TABLE, chain.table())
                        .text(NfTables.NFTA_RULE_CHAIN, chain.chain())
                        .be64(NfTables.NFTA_RULE_HANDLE, handle));
    }

    /** Deletes all rules of a chain, and no chain. */
    public NftBatch flushChain(ChainName chain) {
        return add(
                "flush " + chain,
                NfTables.NFT_MSG_DELRULE,
                0,
                chain.family(),
                writer -> writer.text(NfTables.NFTA_RULE_TABLE, chain.table())
                        .text(NfTables.NFTA_RULE_CHAIN, chain.chain()));
    }

    /** Deletes a chain; EBUSY if rules are in it or jump to it. */
    public NftBatch deleteChain(ChainName chain) {
        int flags = NfTables.NLM_F_NONREC;
        return add(
                "delete chain " + chain,
                NfTables.NFT_MSG_DELCHAIN,
                flags,
                chain.family(),
                writer -> writer.text(NfTables.NFTA_CHAIN_TABLE, chain.table())
                        .text(NfTables.NFTA_CHAIN_NAME, chain.chain()));
    }

    /** Deletes a table; EBUSY if anything is in it. */
    public NftBatch deleteTable(NftFamily family, String table) {
        int flags = NfTables.NLM_F_NONREC;
        return add(
                "delete table " + table,
                NfTables.NFT_MSG_DELTABLE,
                flags,
                family,
                writer -> writer.text(NfTables.NFTA_TABLE_NAME, table));
    }

    /** Makes a set or map unless it is there; EEXIST if one of another kind is. */
    public NftBatch addSet(SetName set, SetSpec spec) {
        return add("add set " + set, NfTables.NFT_MSG_NEWSET, Netlink.NLM_F_CREATE, set.family(), writer -> {
            writer.text(NfTables.NFTA_SET_TABLE, set.table()).text(NfTables.NFTA_SET_NAME, set.set());
            spec.write(writer);
        });
    }

    /** Deletes a set; EBUSY if a rule looks into it. */
    public NftBatch deleteSet(SetName set) {
        return add(
                "delete set " + set,
                NfTables.NFT_MSG_DELSET,
                0,
                set.family(),
                writer -> writer.text(NfTables.NFTA_SET_TABLE, set.table()).text(NfTables.NFTA_SET_NAME, set.set()));
    }

    /** Puts an element into a set unless it is there; EEXIST if the key has another value. */
    public NftBatch addElement(SetName set, NftElement element) {
        return element("add element to " + set, NfTables.NFT_MSG_NEWSETELEM, Netlink.NLM_F_CREATE, set, element::write);
    }

    /** Deletes an element; ENOENT if it is not there. */
    public NftBatch deleteElement(SetName set, NftElement element) {
        return element("delete element of " + set, NfTables.NFT_MSG_DELSETELEM, 0, set, element::writeKey);
    }

    private NftBatch element(String what, int type, int flags, SetName set, Consumer<MessageWriter> attributes) {
        return add(what, type, flags, set.family(), writer -> {
            writer.text(NfTables.NFTA_SET_ELEM_LIST_TABLE, set.table())
                    .text(NfTables.NFTA_SET_ELEM_LIST_SET, set.set())
                    .nest(NfTables.NFTA_SET_ELEM_LIST_ELEMENTS)
                    .nest(NfTables.NFTA_LIST_ELEM);
            attributes.accept(writer);
            writer.unnest().unnest();
        });
    }

    /** Returns what message {@code index} of the written batch does, for an error text. */
    String what(int index) {
        boolean inside = index > 0 && index <= operations.size();
        return inside ? operations.get(index - 1).what() : "change rules";
    }

    MessageWriter write() {
        MessageWriter writer = new MessageWriter();
        Messages.begin(writer, NfTables.NFNL_MSG_BATCH_BEGIN, 0, NfTables.NFPROTO_UNSPEC)
                .be16(NfTables.NFNL_SUBSYS_NFTABLES);
        generation.ifPresent(number -> writer.be32(NfTables.NFNL_BATCH_GENID, number));
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            int ack = i == operations.size() - 1 ? Netlink.NLM_F_ACK : 0;
            // The kernel tells the new generation to whom the first message after BATCH_BEGIN asks to echo.
            int echo = i == 0 ? Netlink.NLM_F_ECHO : 0;
            Messages.begin(
                            writer,
                            Messages.type(operation.type()),
                            operation.flags() | ack | echo,
                            operation.family().number())
                    .be16(0);
            operation.attributes().accept(writer);
        }
        return Messages.begin(writer, NfTables.NFNL_MSG_BATCH_END, 0, NfTables.NFPROTO_UNSPEC)
                .be16(NfTables.NFNL_SUBSYS_NFTABLES);
    }

    private NftBatch add(String what, int type, int flags, NftFamily family, Consumer<MessageWriter> attributes) {
        operations.add(new Operation(what, type, flags, family, attributes));
        return this;
    }

    private static void write(MessageWriter writer, Hook hook) {
        writer.nest(NfTables.NFTA_CHAIN_HOOK)
                .be32(NfTables.NFTA_HOOK_HOOKNUM, hook.number())
                .be32(NfTables.NFTA_HOOK_PRIORITY, hook.priority())
                .unnest()
                .text(NfTables.NFTA_CHAIN_TYPE, hook.type());
    }

    private static void write(MessageWriter writer, RuleBody rule) {
        writer.nest(NfTables.NFTA_RULE_EXPRESSIONS);
        rule.expressions().forEach(expression -> expression.write(writer));
        writer.unnest();
        rule.protocol()
                .ifPresent(protocol -> writer.nest(NfTables.NFTA_RULE_COMPAT)
                        .be32(NfTables.NFTA_RULE_COMPAT_PROTO, protocol)
                        .be32(NfTables.NFTA_RULE_COMPAT_FLAGS, 0)
                        .unnest());
        if (rule.userData().length() > 0) {
            writer.bytes(NfTables.NFTA_RULE_USERDATA, rule.userData().bytes());
        }
    }
}
