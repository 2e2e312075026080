package io.netd.netlink.nft;

import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.Failure;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A socket to nf_tables in the network namespace of the thread that opened it, which it keeps alive. Usable from any
 * thread, one call at a time.
 */
public final class NftSocket implements AutoCloseable {
    private final NetlinkSocket socket;
    private final Optional<OthersChanges> others;

    private NftSocket(NetlinkSocket socket, Optional<OthersChanges> others) {
        this.socket = socket;
        this.others = others;
        OpenPorts.add(socket.port());
        others.ifPresent(kept -> OpenPorts.keep(socket.port()));
    }

    /** Opens a socket in the calling thread's network namespace. */
    public static NftSocket open() {
        return new NftSocket(NetlinkSocket.open(Netlink.NETLINK_NETFILTER), Optional.empty());
    }

    /** Opens a socket that hears what others change, too: {@link #othersChanges} tells of all that comes after the return. */
    public static NftSocket openListening() {
        NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_NETFILTER);
        try {
            return new NftSocket(socket, Optional.of(OthersChanges.except(socket.port())));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether it hears what others change. */
    public boolean isListening() {
        return others.isPresent();
    }

    /**
     * What was committed since the last time through other sockets, this process's others among them: by the time somebody's
     * change is done it is here.
     *
     * @return nothing when that is not known
     */
    public Optional<List<NftTransaction>> othersChanges() {
        return others.flatMap(OthersChanges::take);
    }

    /**
     * Returns the number of the rules' present state; every change by anybody makes another one.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public int generation() {
        MessageWriter writer = new MessageWriter();
        get(writer, NfTables.NFT_MSG_GETGEN, 0, NfTables.NFPROTO_UNSPEC);
        List<Integer> found = read("read the generation", writer, NfTables.NFT_MSG_NEWGEN, NftSocket::generationOf);
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new NetlinkException(Errno.ENODATA, "read the generation", ""));
    }

    /**
     * Returns the tables of a family.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public List<NftTable> tables(NftFamily family) {
        MessageWriter writer = new MessageWriter();
        get(writer, NfTables.NFT_MSG_GETTABLE, Netlink.NLM_F_DUMP, family.number());
        return read("list tables", writer, NfTables.NFT_MSG_NEWTABLE, NftTable::read);
    }

    /**
     * Returns the chains of a family in all its tables.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public List<NftChain> chains(NftFamily family) {
        MessageWriter writer = new MessageWriter();
        get(writer, NfTables.NFT_MSG_GETCHAIN, Netlink.NLM_F_DUMP, family.number());
        return read("list chains", writer, NfTables.NFT_MSG_NEWCHAIN, NftChain::read);
    }

    /**
     * Returns the rules of a chain in their order; none if there is no such chain.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public List<NftRule> rules(ChainName chain) {
        MessageWriter writer = new MessageWriter();
        get(writer, NfTables.NFT_MSG_GETRULE, Netlink.NLM_F_DUMP, chain.family().number())
                .text(NfTables.NFTA_RULE_TABLE, chain.table())
                .text(NfTables.NFTA_RULE_CHAIN, chain.chain());
        return read("list rules of " + chain, writer, NfTables.NFT_MSG_NEWRULE, NftRule::read);
    }

    /**
     * Returns the names of the sets and maps of a table; none if there is no such table.
     *
     * @throws NetlinkException if the kernel refuses
     */
    public List<String> sets(NftFamily family, String table) {
        MessageWriter writer = new MessageWriter();
        get(writer, NfTables.NFT_MSG_GETSET, Netlink.NLM_F_DUMP, family.number());
        return read("list sets", writer, NfTables.NFT_MSG_NEWSET, message -> setName(message, table)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns the elements of a set or map, in no particular order.
     *
     * @throws NetlinkException if the kernel refuses: ENOENT if there is no such set
     */
    public List<NftElement> elements(SetName set) {
        MessageWriter writer = new MessageWriter();
        get(
                        writer,
                        NfTables.NFT_MSG_GETSETELEM,
                        Netlink.NLM_F_DUMP,
                        set.family().number())
                .text(NfTables.NFTA_SET_ELEM_LIST_TABLE, set.table())
                .text(NfTables.NFTA_SET_ELEM_LIST_SET, set.set());
        return read("list elements of " + set, writer, NfTables.NFT_MSG_NEWSETELEM, NftElement::readAll).stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Sends a batch and returns when the kernel has it.
     *
     * @throws NetlinkException if the kernel refuses, then nothing of it was done: ERESTART when anybody changed the
     *     rules since the batch's generation
     */
    public Committed commit(NftBatch batch) {
        Answer<Echo> answer = socket.ask("change rules", batch.write(), Echo::of);
        Optional<Failure> failure = answer.failure();
        if (failure.isPresent()) {
            String what = batch.what(failure.get().index());
            throw new NetlinkException(
                    failure.get().errno(), what, failure.get().text());
        }
        List<Long> handles = new ArrayList<>();
        OptionalInt generation = OptionalInt.empty();
        for (Echo echo : answer.items()) {
            if (echo.isGeneration()) {
                generation = OptionalInt.of((int) echo.number());
            } else {
                handles.add(echo.number());
            }
        }
        return new Committed(generation, handles);
    }

    @Override
    public void close() {
        OpenPorts.remove(socket.port());
        others.ifPresent(OthersChanges::close);
        socket.close();
    }

    /** What the kernel sends back of a committed batch: a new rule's handle, or the new generation. */
    private record Echo(boolean isGeneration, long number) {
        static Optional<Echo> of(Message message) {
            if (message.type() == Messages.type(NfTables.NFT_MSG_NEWRULE)) {
                return Optional.of(new Echo(false, NftRule.handle(message)));
            }
            return message.type() == Messages.type(NfTables.NFT_MSG_NEWGEN)
                    ? Optional.of(new Echo(true, generationOf(message)))
                    : Optional.empty();
        }
    }

    private <T> List<T> read(String request, MessageWriter writer, int answer, Function<Message, T> decoder) {
        return socket.ask(
                        request,
                        writer,
                        message -> message.type() == Messages.type(answer)
                                ? Optional.of(decoder.apply(message))
                                : Optional.empty())
                .orThrow();
    }

    private static MessageWriter get(MessageWriter writer, int command, int flags, int family) {
        return Messages.begin(writer, Messages.type(command), flags, family).be16(0);
    }

    private static Optional<String> setName(Message message, String table) {
        Attributes attributes = message.attributes(NfTables.NFGENMSG);
        boolean isIn =
                attributes.text(NfTables.NFTA_SET_TABLE).filter(table::equals).isPresent();
        return attributes.text(NfTables.NFTA_SET_NAME).filter(name -> isIn);
    }

    static int generationOf(Message message) {
        return message.attributes(NfTables.NFGENMSG)
                .find(NfTables.NFTA_GEN_ID)
                .map(Attribute::be32)
                .orElse(0);
    }
}
