package io.netd.daemon.event;

import java.util.Arrays;
import java.util.List;

/** Addresses of the bus. Requests are answered, by one receiver; events are published to whoever listens. */
public enum Address {
    /** Request: a container has its namespaces and waits to be connected. */
    CONTAINER_CREATED("netd.container.created", Kind.REQUEST),
    /** Request: a container's program runs. */
    CONTAINER_STARTED("netd.container.started", Kind.REQUEST),
    /** Request: a container's program has ended; it is disconnected. */
    CONTAINER_DIED("netd.container.died", Kind.REQUEST),
    /** Request: a container is gone; it is disconnected, if it still was connected. */
    CONTAINER_REMOVED("netd.container.removed", Kind.REQUEST),
    /** Request: ports of a container that runs, or of an attachment, are published. */
    PORT_PUBLISH("netd.port.publish", Kind.REQUEST),
    /** Request: published ports are taken back. */
    PORT_UNPUBLISH("netd.port.unpublish", Kind.REQUEST),
    /** Every event there is, containers' life included. */
    EVENTS("netd.events", Kind.EVENT),
    /** An attachment's plugin has done its ADD. */
    ATTACHMENT_ADDED("netd.attachment.added", Kind.EVENT),
    /** An attachment's plugin has done its DEL. */
    ATTACHMENT_REMOVED("netd.attachment.removed", Kind.EVENT),
    /** An ADD failed and was undone, or a DEL left something behind. */
    ATTACHMENT_FAILED("netd.attachment.failed", Kind.EVENT),
    /** A network was made. */
    NETWORK_CREATED("netd.network.created", Kind.EVENT),
    /** A network was removed. */
    NETWORK_REMOVED("netd.network.removed", Kind.EVENT),
    /** A host port leads to a container. */
    PORT_PUBLISHED("netd.port.published", Kind.EVENT),
    /** A host port is free again. */
    PORT_UNPUBLISHED("netd.port.unpublished", Kind.EVENT),
    /** A host port leads to a container, but somebody else has bound it while netd did not run. */
    PORT_LOST("netd.port.lost", Kind.EVENT),
    /** Reality differs from what should be. */
    DRIFT_FOUND("netd.drift.found", Kind.EVENT),
    /** Reality was brought back to what should be. */
    DRIFT_REPAIRED("netd.drift.repaired", Kind.EVENT),
    /** An address was given to a container. */
    LEASE_GRANTED("netd.lease.granted", Kind.EVENT),
    /** An address is free again. */
    LEASE_RELEASED("netd.lease.released", Kind.EVENT),
    /** An address was taken back from an earlier boot. */
    LEASE_EXPIRED("netd.lease.expired", Kind.EVENT);

    private final String text;
    private final Kind kind;

    Address(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    /** Which way an address goes. */
    public enum Kind {
        /** Somebody asks netd. */
        REQUEST,
        /** netd tells everybody. */
        EVENT
    }

    /** The address as it is on the bus. */
    public String text() {
        return text;
    }

    /** All addresses of one kind. */
    public static List<Address> of(Kind kind) {
        return Arrays.stream(values()).filter(address -> address.kind == kind).toList();
    }

    /** Whether it is published on an address of its own. A request's address has one receiver, so its events are only on {@link #EVENTS}. */
    static boolean isPublished(String text) {
        return Arrays.stream(values())
                .anyMatch(address -> address.kind == Kind.EVENT && address != EVENTS && address.text.equals(text));
    }
}
