package io.netd.plugins.hostlocal;

import io.netd.plugins.spi.lease.AddressPlugin;
import io.netd.plugins.spi.lease.HostLocalSource;

/** The {@code host-local} plugin: addresses out of ranges, on disk as the reference's. */
public final class HostLocalPlugin extends AddressPlugin {
    /** Under its one name. */
    public HostLocalPlugin() {
        super("host-local", new HostLocalSource());
    }
}
