package io.netd.engine.journal;

import java.util.Optional;

/**
 * Who asked for an attachment. Garbage collection spares what others made.
 *
 * @param maker {@code netd} for its own containers, {@code cni} for a runtime that calls the plugins
 * @param runtime which runtime that was; absent for netd's own, and where it cannot be known
 * @param label what a person calls the container: its name, or its id when it has none
 */
public record Origin(String maker, Optional<CallingRuntime> runtime, String label) {
    /** The maker of attachments of netd's own containers. */
    public static final String NETD = "netd";
    /** The maker of attachments that a foreign runtime asked for. */
    public static final String CNI = "cni";
}
