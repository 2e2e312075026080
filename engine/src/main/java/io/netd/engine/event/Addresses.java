package io.netd.engine.event;

/** Addresses of events: {@code netd.<noun>.<past tense>}. */
public final class Addresses {
    /** An attachment's plugin has done its ADD. */
    public static final String ATTACHMENT_ADDED = "netd.attachment.added";
    /** An attachment's plugin has done its DEL, or its namespace died. */
    public static final String ATTACHMENT_REMOVED = "netd.attachment.removed";
    /** An ADD failed and was undone, or a DEL left something behind. */
    public static final String ATTACHMENT_FAILED = "netd.attachment.failed";
    /** A network of netd's own was made. */
    public static final String NETWORK_CREATED = "netd.network.created";
    /** A network of netd's own was removed. */
    public static final String NETWORK_REMOVED = "netd.network.removed";
    /** A host port leads to a container. */
    public static final String PORT_PUBLISHED = "netd.port.published";
    /** A host port is free again. */
    public static final String PORT_UNPUBLISHED = "netd.port.unpublished";
    /** A host port leads to a container, but somebody else has bound it while netd did not run. */
    public static final String PORT_LOST = "netd.port.lost";
    /** Reality differs from what should be. */
    public static final String DRIFT_FOUND = "netd.drift.found";
    /** Reality was brought back to what should be. */
    public static final String DRIFT_REPAIRED = "netd.drift.repaired";
    /** An address was given to a container. */
    public static final String LEASE_GRANTED = "netd.lease.granted";
    /** An address is free again. */
    public static final String LEASE_RELEASED = "netd.lease.released";

    private Addresses() {}
}
