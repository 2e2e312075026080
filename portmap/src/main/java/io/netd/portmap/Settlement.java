package io.netd.portmap;

import io.netd.address.PortRange;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One owner's requests on their way to ports that are claimed in the books and bound. One thread. */
final class Settlement {
    private final PortOwner owner;
    private final PortTable table;
    private final PortBinder binder;
    private final PortUsers users;
    private final HeldSockets held;
    private final Map<HostSocket, HeldSocket> sockets = new LinkedHashMap<>();
    private final List<PortMapping> claimed = new ArrayList<>();

    Settlement(PortOwner owner, PortTable table, PortBinder binder, PortUsers users, HeldSockets held) {
        this.owner = owner;
        this.table = table;
        this.binder = binder;
        this.users = users;
        this.held = held;
    }

    /** What is bound. */
    Map<HostSocket, HeldSocket> sockets() {
        return sockets;
    }

    /** Gives it all back. */
    void undo() {
        sockets.values().forEach(HeldSocket::close);
        table.release(owner, claimed);
    }

    /**
     * Claims and binds them all.
     *
     * @throws PortTakenException naming the container or process that has a port
     */
    List<PortMapping> of(List<PortRequest> wanted) {
        // What leaves no choice comes first, so that no choice falls on it.
        List<PortMapping> fixed = new ArrayList<>();
        for (PortRequest request : wanted) {
            if (request.fixedPort().isPresent()) {
                fixed.addAll(request.with(request.fixedPort().get()));
            }
        }
        table.claim(owner, fixed);
        claimed.addAll(fixed);
        List<HostSocket> needed = HostSocket.of(fixed);
        held.requireRoom(needed.size());
        for (HostSocket socket : needed) {
            bind(socket).ifPresent(open -> sockets.put(socket, open));
        }
        List<PortMapping> settled = new ArrayList<>();
        for (PortRequest request : wanted) {
            int port = request.fixedPort().orElseGet(() -> choose(request));
            settled.addAll(request.with(port));
            if (request.fixedPort().isEmpty()) {
                claimed.addAll(request.with(port));
            }
        }
        return List.copyOf(settled);
    }

    private int choose(PortRequest request) {
        Optional<PortRange> range = request.hostPorts();
        IntStream candidates = range.isPresent()
                ? IntStream.rangeClosed(range.get().first(), range.get().last())
                : binder.localPorts().after(table.lastChosen(request.protocol()));
        int port = PortChoice.of(request, candidates, number -> take(request.with(number)));
        if (range.isEmpty()) {
            table.choose(request.protocol(), port);
        }
        return port;
    }

    /** A port that somebody uses leads to the next one; another refusal of the kernel's will not do for that either. */
    private PortChoice.Attempt take(List<PortMapping> mappings) {
        if (!table.tryClaim(owner, mappings)) {
            return new PortChoice.Attempt.Booked();
        }
        Map<HostSocket, HeldSocket> bound = new LinkedHashMap<>();
        try {
            for (HostSocket socket : HostSocket.of(mappings)) {
                bind(socket).ifPresent(open -> bound.put(socket, open));
            }
            sockets.putAll(bound);
            return new PortChoice.Attempt.Taken();
        } catch (RuntimeException | Error e) {
            bound.values().forEach(HeldSocket::close);
            table.release(owner, mappings);
            if (e instanceof PortTakenException taken && isInUse(taken)) {
                return new PortChoice.Attempt.Busy(taken);
            }
            throw e;
        }
    }

    private static boolean isInUse(PortTakenException taken) {
        return taken.getCause() instanceof LinuxException refusal && refusal.errno() == Errno.EADDRINUSE;
    }

    private Optional<HeldSocket> bind(HostSocket socket) {
        try {
            return binder.bind(socket);
        } catch (LinuxException e) {
            throw new PortTakenException(LostPort.of(socket, e, users).reason(), e);
        }
    }
}
