package io.netd.plugins.spi;

import io.netd.address.MacAddress;

/** Deletes links together when several are due at the same time. */
public interface LinkRemoval {
    /**
     * Deletes the link and returns when it is gone. A link that is not there, or that bears another
     * address (somebody else took the name), is left alone.
     *
     * @param mac its hardware address
     */
    void remove(String name, MacAddress mac);
}
