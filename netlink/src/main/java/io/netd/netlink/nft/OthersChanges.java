package io.netd.netlink.nft;

import io.netd.netlink.jna.EventQueue;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has been committed in one network namespace through any socket but one. Not thread-safe. */
final class OthersChanges implements AutoCloseable {
    private final EventQueue queue;
    private final List<NftEvent> begun = new ArrayList<>();

    private OthersChanges(EventQueue queue) {
        this.queue = queue;
    }

    /** Begins to gather, in the calling thread's namespace, what comes through other sockets than the one of this port. */
    static OthersChanges except(int port) {
        return new OthersChanges(EventQueue.ofOthers(Netlink.NETLINK_NETFILTER, port, NfTables.NFNLGRP_NFTABLES));
    }

    /** What was committed since the last time; nothing when some of it was lost. */
    Optional<List<NftTransaction>> take() {
        List<NftTransaction> whole = new ArrayList<>();
        if (queue.take(message -> gather(message, whole))) {
            return Optional.of(whole);
        }
        begun.clear();
        empty();
        return Optional.empty();
    }

    /** A queue that overflowed takes nothing in before it is empty. */
    private void empty() {
        boolean isEmpty;
        do {
            isEmpty = queue.take(message -> {});
        } while (!isEmpty);
    }

    /** The number of the new state is the last that the kernel tells of a transaction. */
    private void gather(Message message, List<NftTransaction> whole) {
        if (message.type() == Messages.type(NfTables.NFT_MSG_NEWGEN)) {
            whole.add(new NftTransaction(NftSocket.generationOf(message), begun));
            begun.clear();
        } else {
            NftEvent.of(message).ifPresent(begun::add);
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
