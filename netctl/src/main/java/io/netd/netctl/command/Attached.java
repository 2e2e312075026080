package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A client that stays with its container: shows what it writes, hands signals on, ends with its exit code. */
final class Attached {
    private final Session session;
    private final String id;

    Attached(Session session, String id) {
        this.session = session;
        this.id = id;
    }

    /** Blocks until the container has ended; its exit code. */
    int untilItEnds() {
        session.terminal().onSignal(this::pass);
        session.netd().logs(id, new Netd.LogsSpec(true, OptionalInt.empty(), false), Chunks.to(session));
        return session.netd().waitFor(id);
    }

    // The kill waits for the daemon, and the handler's thread must not wait.
    private void pass(int signal) {
        CompletableFuture.runAsync(() -> {
            try {
                session.netd().kill(id, signal);
            } catch (NetdException e) {
                session.err().println("Error response from daemon: " + e.getMessage());
                session.err().flush();
            }
        });
    }
}
