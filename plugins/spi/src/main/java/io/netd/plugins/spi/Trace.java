package io.netd.plugins.spi;

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
     * Whether it outlives the attachment: reverted only when the very ADD that left it fails, and
     * forgotten once that ADD is committed. So with a shared bridge.
     */
    default boolean isShared() {
        return false;
    }
}
