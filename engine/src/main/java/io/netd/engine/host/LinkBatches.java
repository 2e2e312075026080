package io.netd.engine.host;

import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Links;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes links of one host in company. A lone delete goes at once; while one is in flight (some 19
 * ms, the kernel waits for RCU) the others gather and go as one group delete. Whoever finds the way
 * free deletes for all that have gathered, on its own socket. Any thread.
 */
final class LinkBatches {
    private Batch gathering = new Batch();
    private boolean inFlight;

    /** Deletes the link and returns when it is gone. */
    void delete(int index, Links links) {
        Batch batch = join(index);
        if (lead(batch)) {
            try {
                batch.delete(links);
            } finally {
                land(batch);
            }
        }
        batch.failure.ifPresent(failure -> {
            throw failure;
        });
    }

    private synchronized Batch join(int index) {
        gathering.indexes.add(index);
        return gathering;
    }

    /** Waits until the batch is done (false) or is the caller's to do (true). */
    private synchronized boolean lead(Batch batch) {
        boolean interrupted = false;
        while (inFlight && !batch.done) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (batch.done) {
            return false;
        }
        inFlight = true;
        gathering = new Batch();
        return true;
    }

    private synchronized void land(Batch batch) {
        batch.done = true;
        inFlight = false;
        notifyAll();
    }

    /** Links that go together, and what stood against it. */
    private static final class Batch {
        private final Set<Integer> indexes = new LinkedHashSet<>();
        private Optional<NetlinkException> failure = Optional.empty();
        private boolean done;

        void delete(Links links) {
            try {
                links.deleteGroup(indexes);
            } catch (NetlinkException e) {
                failure = Optional.of(e);
            }
        }
    }
}
