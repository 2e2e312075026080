package io.netd.runtime;

import java.util.Locale;

/** Where a container stands in its life. */
public enum ContainerState {
    /** Its program never ran: nobody started it, or it could not be started. */
    CREATED,
    /** Its namespaces exist, its program does not run yet. */
    STARTING,
    /** Its program runs. */
    RUNNING,
    /** Its program has ended. */
    EXITED;

    /** Docker's word for it. */
    public String text() {
        return this == STARTING ? "created" : name().toLowerCase(Locale.ROOT);
    }
}
