package io.netd.runtime.container;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.ProcessId;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerState;
import java.nio.file.Path;

/**
 * The network of the container that another one joins, held open until the launcher is in: the container may end at any
 * moment, and its {@code /proc/PID/ns/net} goes while its process still counts as alive.
 */
record JoinedNetwork(NetworkNamespace namespace) implements AutoCloseable {
    /** @throws ContainerException in Docker's words when the container does not run */
    static JoinedNetwork of(LiveContainer joined) {
        ProcessId first = joined.status().first().orElseThrow(() -> notRunning(joined));
        JoinedNetwork network = open(joined, first);
        if (!first.isAlive()) {
            network.close();
            throw notRunning(joined);
        }
        return network;
    }

    private static JoinedNetwork open(LiveContainer joined, ProcessId first) {
        try {
            return new JoinedNetwork(NetworkNamespace.open(Path.of("/proc/" + first.pid() + "/ns/net")));
        } catch (LinuxException e) {
            ContainerException gone = notRunning(joined);
            gone.addSuppressed(e);
            throw gone;
        }
    }

    /** Where another process finds it. */
    String path() {
        return namespace.fd().sharedPath().toString();
    }

    @Override
    public void close() {
        namespace.close();
    }

    private static ContainerException notRunning(LiveContainer joined) {
        return ContainerException.conflict("cannot join network namespace of a non running container: container "
                + joined.record().name() + " is " + stateOf(joined));
    }

    /** The process of a container ends a moment before we hear of it. */
    private static String stateOf(LiveContainer stopped) {
        ContainerState state = stopped.status().state();
        return (state == ContainerState.RUNNING ? ContainerState.EXITED : state).text();
    }
}
