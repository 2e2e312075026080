package io.netd.plugins.bridge;

import io.netd.plugins.spi.BridgeUsers;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.SharedTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One ADD's part in the bridge, and in the link that stands for it in a VLAN: what it changes about them, and what it found
 * changed by other ADDs that have not completed, for which it has to answer if they fail.
 */
final class SharedLinks {
    private final BridgeConfig config;
    private final Host host;
    private final Traces traces;
    private final List<Trace> left = new ArrayList<>();

    private SharedLinks(BridgeConfig config, Host host, Traces traces) {
        this.config = config;
        this.host = host;
        this.traces = traces;
    }

    /** Begins; one of {@link #completed} and {@link #failed} ends it. */
    static SharedLinks enter(BridgeConfig config, Host host, Traces traces) {
        host.bridgeUsers().enter(config.links());
        return new SharedLinks(config, host, traces);
    }

    /** Looks at the links or changes them, while no other ADD does. */
    <T> T alone(Supplier<T> body) {
        return host.alone(config.bridge(), () -> {
            takeOver();
            return body.get();
        });
    }

    /** Something is about to be changed; within {@link #alone}. */
    void leave(List<? extends SharedTrace> changes) {
        left.addAll(changes);
        traces.leave(changes);
        changes.forEach(change -> users().change(config.bridge(), change.link(), change));
    }

    void leave(SharedTrace change) {
        leave(List.of(change));
    }

    /** The container is attached: things stay as they are. */
    void completed() {
        users().settle(config.links());
        users().leave(config.links());
    }

    /** What was changed since the last look is this ADD's to take back, too: it may have kept others from doing so. */
    void failed(Throwable reason) {
        host.alone(config.bridge(), () -> {
            try {
                takeOver();
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            } finally {
                users().leave(config.links());
            }
            return this;
        });
    }

    private void takeOver() {
        List<Trace> found = users().changes(config.bridge()).stream()
                .filter(change -> !left.contains(change))
                .toList();
        if (!found.isEmpty()) {
            left.addAll(found);
            traces.leave(found);
        }
    }

    private BridgeUsers users() {
        return host.bridgeUsers();
    }
}
