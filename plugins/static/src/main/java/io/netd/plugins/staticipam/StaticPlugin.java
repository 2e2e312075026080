package io.netd.plugins.staticipam;

import io.netd.plugins.spi.lease.AddressPlugin;
import io.netd.plugins.spi.lease.StaticSource;

/** The {@code static} plugin: the addresses that the configuration, the arguments or the runtime name. */
public final class StaticPlugin extends AddressPlugin {
    /** Under its one name. */
    public StaticPlugin() {
        super("static", new StaticSource());
    }
}
