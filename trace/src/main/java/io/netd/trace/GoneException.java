package io.netd.trace;

import io.netd.linux.sys.LinuxException;

/** A container's network namespace is not there any more. */
final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Stop stop;

    /** Of a container, as opening it ended. */
    GoneException(Guest guest, LinuxException e) {
        super(guest + " is gone: " + e.getMessage(), e);
        this.stop = new Stop(Cause.CONTAINER_GONE, guest.name(), guest + " is gone: " + e.getMessage());
    }

    /** What that is to a packet. */
    Stop stop() {
        return stop;
    }
}
