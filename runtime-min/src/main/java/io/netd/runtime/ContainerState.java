package io.netd.runtime;

import java.util.Locale;

/** Where a container stands in its life. */
public enum ContainerState {
    /** Never started. */
    CREATED,
    /** Its namespaces exist, its program does not run yet. */
    STARTING,
    /** Its program runs. */
    RUNNING,
    /** Its program has ended, or could not be started. */
    EXITED;

    /** Docker's word for it. */
    public String text() {
        return this == STARTING ? "created" : name().toLowerCase(Locale.ROOT);
    }
}
