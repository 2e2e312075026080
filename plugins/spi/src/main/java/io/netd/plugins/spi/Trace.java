package io.netd.plugins.spi;

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

    /**
     * Whether it outlives the attachment: reverted only when the very ADD that left it fails, and
     * forgotten once that ADD is committed. So with a shared bridge.
     */
    default boolean isShared() {
        return false;
    }
}
