package io.netd.engine;

import io.netd.engine.attach.Deaths;
import io.netd.netlink.monitor.LinkEvent;
import io.netd.netlink.monitor.Monitor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Hears of links of our own host that go, on the monitor's thread, which only hands them on. */
final class LinkWatch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LinkWatch.class.getName());

    private Optional<Monitor> monitor = Optional.empty();

    synchronized void open(Deaths deaths) {
        if (monitor.isEmpty()) {
            monitor = Optional.of(Monitor.openForRemovedLinks(event -> hear(deaths, event)));
        }
    }

    private static void hear(Deaths deaths, LinkEvent event) {
        try {
            if (event instanceof LinkEvent.LinkRemoved removed) {
                deaths.linkGone(removed.link().name());
            } else if (event instanceof LinkEvent.EventsLost) {
                deaths.anyLinkGone();
            }
        } catch (RuntimeException e) {
            // The monitor ends with an exception; it must outlive a single event.
            LOG.log(Level.WARNING, "after " + event + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        monitor.ifPresent(Monitor::close);
        monitor = Optional.empty();
    }
}
