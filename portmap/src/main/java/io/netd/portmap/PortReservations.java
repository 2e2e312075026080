package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.OpenFiles;
import io.netd.linux.sys.LinuxException;
import io.netd.portmap.relay.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host ports of one network namespace: netd's own books first, then the kernel, asked with a bind. In the daemon's own
 * namespace the bound sockets may be kept; elsewhere they never are, because a socket would keep that namespace alive.
 * Safe for any thread.
 */
public final class PortReservations implements AutoCloseable {
    /** Descriptors that are left to everything else: doors, containers, netlink, files. */
    private static final int OTHER_FILES = 2048;

    /** Of these the relay has a half for connections, which take two each, and an eighth for clients of UDP. */
    private static final int CONNECTION_SHARE = 4;

    private static final int CLIENT_SHARE = 8;

    /** As long as Docker's proxy waits. */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final PortTable table;
    private final PortBinder binder;
    private final PortUsers users;
    private final HeldSockets held;
    private final UnheldPorts unheld = new UnheldPorts();

    private PortReservations(PortTable table, PortBinder binder, HeldSockets held) {
        this.table = table;
        this.binder = binder;
        this.users = new PortUsers(binder);
        this.held = held;
    }

    /** For the namespace that all threads of this process live in; lives as long as the daemon. */
    public static PortReservations holding(PortTable table) {
        int limit = OpenFiles.limit();
        return holding(table, limit - otherFiles(limit));
    }

    private static int otherFiles(int limit) {
        return Math.min(OTHER_FILES, limit / 2);
    }

    /** With at most so many sockets. */
    static PortReservations holding(PortTable table, int most) {
        return new PortReservations(table, PortBinder.here(), new HeldSockets(most));
    }

    /** For another namespace, during one request. */
    public static PortReservations probing(PortTable table, NetworkNamespace host) {
        return new PortReservations(table, PortBinder.in(host), HeldSockets.none());
    }

    /**
     * Reserves all that an owner wants besides what it has, or nothing. All addresses of one request get the same port.
     *
     * @return the mappings in the order of the requests, with every host port settled
     * @throws PortTakenException naming the container or process that has a port
     */
    public List<PortMapping> reserve(PortOwner owner, List<PortRequest> wanted, Grip grip) {
        Settlement settlement = new Settlement(owner, table, binder, users, held);
        try {
            List<PortMapping> settled = settlement.of(wanted);
            held.keep(owner.key(), settlement.sockets(), grip);
            return settled;
        } catch (RuntimeException | Error e) {
            settlement.undo();
            throw e;
        }
    }

    /**
     * Enters what an owner is known to have, after a restart. A port that somebody else took meanwhile stays entered.
     *
     * @return what could not be bound again
     */
    public List<LostPort> restore(PortOwner owner, List<PortMapping> had, Grip grip) {
        table.enter(owner, had);
        List<LostPort> lost = new ArrayList<>();
        if (grip == Grip.BOOKED || held.isNone()) {
            return lost;
        }
        Map<HostSocket, HeldSocket> sockets = new LinkedHashMap<>();
        List<PortMapping> lacking = new ArrayList<>();
        for (HostSocket socket : HostSocket.of(had)) {
            Optional<LostPort> refused = bindAgain(socket, sockets);
            refused.ifPresent(port -> {
                lost.add(port);
                lacking.addAll(socket.mappings());
            });
        }
        unheld.enter(owner, lacking);
        held.keep(owner.key(), sockets, grip);
        return lost;
    }

    /** A daemon may have a smaller limit of files than the one before. */
    private Optional<LostPort> bindAgain(HostSocket socket, Map<HostSocket, HeldSocket> sockets) {
        try {
            held.requireRoom(sockets.size() + 1);
            binder.bind(socket).ifPresent(open -> sockets.put(socket, open));
            return Optional.empty();
        } catch (PortTakenException e) {
            return Optional.of(LostPort.of(socket, e));
        } catch (LinuxException e) {
            return Optional.of(LostPort.of(socket, e, users));
        }
    }

    /**
     * From now on {@link #relay} has an effect, until this is closed: for a daemon, on its own host.
     *
     * @throws LinuxException when there are too many open files
     */
    public void openRelay() {
        int files = otherFiles(OpenFiles.limit());
        openRelay(new Limits(files / CONNECTION_SHARE, files / CLIENT_SHARE, SILENCE));
    }

    /** With other limits. */
    void openRelay(Limits limits) {
        held.openRelay(limits);
    }

    /**
     * Carries what this host sends to its own ::1 and an owner's ports on to a container, as far as they are held and
     * published there; it ends with the ports.
     *
     * @param containers one address of each family that the container has; IPv6 is preferred
     * @throws LinuxException when the kernel refuses
     */
    public void relay(String ownerKey, List<IpAddress> containers) {
        held.relay(ownerKey, containers);
    }

    /** Gives back everything an owner has; an unknown owner is fine. */
    public void release(String ownerKey) {
        held.release(ownerKey);
        unheld.release(ownerKey);
        // Last: who finds a port free in the books binds it at once.
        table.release(ownerKey);
    }

    /** Gives back some of what an owner has. */
    public void release(PortOwner owner, List<PortMapping> mappings) {
        held.release(owner.key(), mappings);
        unheld.release(owner, mappings);
        table.release(owner, mappings);
    }

    /** What an owner has reserved. */
    public List<PortMapping> of(String ownerKey) {
        return table.of(ownerKey);
    }

    /** The processes that have bound a port, netd's own for those it holds. */
    public List<PortUser> users(Protocol protocol, int port) {
        return users.of(protocol, port);
    }

    /** How many sockets are held. */
    public int heldSockets() {
        return held.count();
    }

    /** What {@link #restore} could not bind and its owner still has, with who has it now; looks into /proc. */
    public List<UnheldPort> unheld() {
        return unheld.with(users);
    }

    /** Lets go of all sockets; the books stay. */
    @Override
    public void close() {
        held.close();
    }
}
