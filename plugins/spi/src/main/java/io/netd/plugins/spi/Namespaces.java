package io.netd.plugins.spi;

/** How a container's network namespace stands to its host's. */
public enum Namespaces {
    /** The container has one of its own; a request that names the host's is refused. */
    APART,
    /** The container runs in the host's. */
    SHARED,
    /** The plugin judges for itself. */
    EITHER
}
