package io.netd.engine;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/** A bridge that stands for one step of a plugin. */
record StepTrace(String link) implements Trace {
    @Override
    public void revert(Host host) {
        StepPlugin.pause("revert " + link);
        host.route()
                .links()
                .byName(link)
                .ifPresent(found -> host.route().links().delete(found.index()));
    }
}
