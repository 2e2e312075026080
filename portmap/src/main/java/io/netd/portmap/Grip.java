package io.netd.portmap;

/** How firmly a host port is reserved. */
public enum Grip {
    /** A bound socket of netd's keeps the port until it is released: nobody else can bind it. */
    HELD,
    /** Tried once and entered in the books only: the caller (podman, for one) wants to bind the port itself. */
    BOOKED,
    /** Not at all: the container's own port is opened, at its own address. */
    NONE
}
