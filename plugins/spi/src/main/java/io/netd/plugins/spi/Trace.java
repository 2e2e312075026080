package io.netd.plugins.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something an attachment left in the world, and how to take it back. An immutable record: it is
 * stored in the journal by its simple name and its components.
 */
public interface Trace {
    /**
     * Takes it back, on a kernel worker. Idempotent: succeeds when the thing is gone already or was
     * never made.
     */
    void revert(Host host);

    /**
     * Puts back what somebody else took away of a thing that is to be there, on a kernel worker: when a daemon starts, on
     * its own host. What the ledger of rules repairs is not repaired here.
     *
     * @return what was missing, in words; empty when nothing was
     */
    default Optional<String> repair(Host host) {
        return Optional.empty();
    }

    /** What {@link #repair} would put back, and what comes of it, in words; on a kernel worker. */
    default Optional<String> drift(Host host) {
        return Optional.empty();
    }

    /**
     * Whether it outlives the attachment: reverted only when the very ADD that left it fails, and
     * forgotten once that ADD is committed. So with a shared bridge.
     */
    default boolean isShared() {
        return false;
    }

    /**
     * Whether it cannot go while another trace of the same plugin stays: what could not be taken back still needs it, or keeps
     * it from telling that nobody does.
     */
    default boolean outlasts(Trace other) {
        return false;
    }

    /**
     * The order in which traces are taken back: the last one first, and those of shared things behind all others. Whether
     * somebody else needs such a thing can only be told once the attachment's own use of it is gone.
     */
    static <T extends Trace> List<T> toRevert(List<T> traces) {
        List<T> order = new ArrayList<>(traces);
        Collections.reverse(order);
        order.sort(Comparator.comparing(Trace::isShared));
        return order;
    }
}
