package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host ports of one network namespace: netd's own books first, then the kernel, asked with a bind. In the daemon's own
 * namespace the bound sockets may be kept; elsewhere they never are, because a socket would keep that namespace alive.
 * Safe for any thread.
 */
public final class PortReservations implements AutoCloseable {
    private static final IpAddress ANY = IpAddress.parse("0.0.0.0");

    private final PortTable table;
    private final PortBinder binder;
    private final PortUsers users;
    private final boolean mayHold;
    private final Map<String, List<HeldSocket>> held = new HashMap<>();

    private PortReservations(PortTable table, PortBinder binder, PortUsers users, boolean mayHold) {
        this.table = table;
        this.binder = binder;
        this.users = users;
        this.mayHold = mayHold;
    }

    /** For the namespace that all threads of this process live in; lives as long as the daemon. */
    public static PortReservations holding(PortTable table) {
        return new PortReservations(table, HeldSocket::open, PortUsers.here(), true);
    }

    /** For another namespace, during one request. */
    public static PortReservations probing(PortTable table, NetworkNamespace host) {
        PortBinder inside = (protocol, address, port) -> host.call(() -> HeldSocket.open(protocol, address, port));
        return new PortReservations(table, inside, PortUsers.in(host), false);
    }

    /**
     * Reserves all that an owner wants, or nothing. All addresses of one request get the same port.
     *
     * @return the mappings in the order of the requests, with every host port settled
     * @throws PortTakenException naming the container or process that has a port
     */
    public List<PortMapping> reserve(PortOwner owner, List<PortRequest> wanted, Grip grip) {
        List<HeldSocket> sockets = new ArrayList<>();
        try {
            List<PortMapping> settled = settle(owner, wanted, sockets);
            keep(owner, sockets, grip);
            return settled;
        } catch (RuntimeException | Error e) {
            sockets.forEach(HeldSocket::close);
            release(owner.key());
            throw e;
        }
    }

    /**
     * Enters what an owner is known to have, after a restart. A port that somebody else took meanwhile stays entered.
     *
     * @return a sentence for each port that could not be bound again
     */
    public List<String> restore(PortOwner owner, List<PortMapping> had, Grip grip) {
        table.enter(owner, had);
        List<String> problems = new ArrayList<>();
        if (grip == Grip.BOOKED || !mayHold) {
            return problems;
        }
        List<HeldSocket> sockets = new ArrayList<>();
        for (PortMapping mapping :
                had.stream().filter(PortReservations::isBindable).toList()) {
            try {
                sockets.add(bind(mapping));
            } catch (PortTakenException e) {
                problems.add(e.getMessage());
            }
        }
        keep(owner, sockets, grip);
        return problems;
    }

    /** Gives back everything an owner has; an unknown owner is fine. */
    public void release(String ownerKey) {
        List<HeldSocket> sockets;
        synchronized (held) {
            sockets = held.remove(ownerKey);
        }
        if (sockets != null) {
            sockets.forEach(HeldSocket::close);
        }
        // Last: who finds a port free in the books binds it at once.
        table.release(ownerKey);
    }

    /** What an owner has reserved. */
    public List<PortMapping> of(String ownerKey) {
        return table.of(ownerKey);
    }

    /** Lets go of all sockets; the books stay. */
    @Override
    public void close() {
        synchronized (held) {
            held.values().forEach(sockets -> sockets.forEach(HeldSocket::close));
            held.clear();
        }
    }

    private List<PortMapping> settle(PortOwner owner, List<PortRequest> wanted, List<HeldSocket> sockets) {
        // What leaves no choice comes first, so that no choice falls on it.
        List<PortMapping> fixed = wanted.stream()
                .flatMap(request -> request.fixedPort().stream().flatMap(port -> request.with(port).stream()))
                .toList();
        table.claim(owner, fixed);
        fixed.stream().filter(PortReservations::isBindable).map(this::bind).forEach(sockets::add);
        List<PortMapping> taken = new ArrayList<>(fixed);
        List<PortMapping> settled = new ArrayList<>();
        for (PortRequest request : wanted) {
            int port = request.fixedPort().orElseGet(() -> choose(owner, request, taken, sockets));
            settled.addAll(request.with(port));
        }
        table.claim(owner, settled);
        return List.copyOf(settled);
    }

    private int choose(PortOwner owner, PortRequest request, List<PortMapping> taken, List<HeldSocket> sockets) {
        return PortChoice.of(request, () -> kernelsChoice(request), port -> {
            List<PortMapping> mappings = request.with(port);
            boolean isBooked = mappings.stream()
                    .anyMatch(mapping -> table.holderOf(owner, mapping).isPresent()
                            || taken.stream().anyMatch(mapping::collidesWith));
            if (isBooked || !bindAll(mappings, sockets)) {
                return false;
            }
            return taken.addAll(mappings);
        });
    }

    private int kernelsChoice(PortRequest request) {
        try (HeldSocket socket = bind(request.with(0).get(0))) {
            return socket.port();
        }
    }

    /** All of them, or none because one is in use; another refusal of the kernel's will not do for the next port either. */
    private boolean bindAll(List<PortMapping> mappings, List<HeldSocket> sockets) {
        List<HeldSocket> bound = new ArrayList<>();
        try {
            mappings.stream()
                    .filter(PortReservations::isBindable)
                    .map(this::bind)
                    .forEach(bound::add);
            sockets.addAll(bound);
            return true;
        } catch (PortTakenException e) {
            bound.forEach(HeldSocket::close);
            if (e.getCause() instanceof LinuxException refusal && refusal.errno() == Errno.EADDRINUSE) {
                return false;
            }
            throw e;
        }
    }

    private void keep(PortOwner owner, List<HeldSocket> sockets, Grip grip) {
        if (grip == Grip.BOOKED || !mayHold) {
            sockets.forEach(HeldSocket::close);
            return;
        }
        synchronized (held) {
            held.computeIfAbsent(owner.key(), key -> new ArrayList<>()).addAll(sockets);
        }
    }

    /** SCTP is in the books only: the kernel module for it is loaded by the first socket, and few hosts have it. */
    private static boolean isBindable(PortMapping mapping) {
        return mapping.protocol() != Protocol.SCTP;
    }

    private HeldSocket bind(PortMapping mapping) {
        try {
            return binder.bind(mapping.protocol(), mapping.hostIp().orElse(ANY), mapping.hostPort());
        } catch (LinuxException e) {
            throw new PortTakenException(refusal(mapping, e), e);
        }
    }

    private String refusal(PortMapping mapping, LinuxException e) {
        String user = user(mapping).map(text -> " by " + text).orElse("");
        return "failed to bind host port " + mapping.hostSide() + ": "
                + e.errno().text() + user;
    }

    /** A kernel without socket diagnostics cannot say; the port is taken all the same. */
    private Optional<String> user(PortMapping mapping) {
        try {
            return users.of(mapping);
        } catch (NetlinkException e) {
            return Optional.empty();
        }
    }
}
