package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.trace.LeaseTrace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody else has detached what the journal has as attached. Hosts switch between the reference plugins and
 * netd's with containers running, and the reference plugins' DEL tells netd nothing.
 */
record Takeover(OpenHost host) {
    /**
     * Whether it is gone: the host's end of the container's interface or, of a plugin that makes no interface and follows
     * none, its leases. What can be told by neither is taken to be there.
     */
    boolean isOf(PluginEntry entry) {
        Optional<CniInterface> end = hostEnd(entry.result());
        return end.isPresent() ? !isThere(end.get()) : isReleased(entry);
    }

    /** Stands right before the container's, with every plugin that makes a pair. */
    private static Optional<CniInterface> hostEnd(CniResult result) {
        Optional<CniInterface> before = Optional.empty();
        for (CniInterface link : result.interfaces()) {
            if (link.sandbox().isPresent()) {
                return before;
            }
            before = Optional.of(link);
        }
        return Optional.empty();
    }

    private boolean isThere(CniInterface end) {
        return host.route()
                .links()
                .byName(end.name())
                .filter(link -> end.mac().isEmpty() || link.mac().equals(end.mac()))
                .isPresent();
    }

    private boolean isReleased(PluginEntry entry) {
        List<LeaseTrace> leases = entry.traces().stream()
                .filter(LeaseTrace.class::isInstance)
                .map(LeaseTrace.class::cast)
                .toList();
        return !leases.isEmpty() && leases.stream().noneMatch(this::isHeld);
    }

    private boolean isHeld(LeaseTrace lease) {
        return !host.leases(Path.of(lease.dataDir()), lease.network())
                .heldBy(new AttachmentId(lease.container(), lease.ifName()))
                .isEmpty();
    }
}
