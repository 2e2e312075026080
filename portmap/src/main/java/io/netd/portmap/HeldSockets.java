package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.sys.LinuxException;
import io.netd.portmap.relay.Limits;
import io.netd.portmap.relay.Relay;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sockets that keep ports for their owners, and what goes through them. Safe for any thread. */
final class HeldSockets implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HeldSockets.class.getName());

    private final Map<String, Map<HostSocket, HeldSocket>> sockets = new HashMap<>();
    private final int most;
    private int count;
    private Optional<Relay> relay = Optional.empty();

    /** At most so many at a time. */
    HeldSockets(int most) {
        this.most = most;
    }

    /** Where none may be kept. */
    static HeldSockets none() {
        return new HeldSockets(0);
    }

    boolean isNone() {
        return most == 0;
    }

    /**
     * Keeps them, or closes them where they are not to be kept.
     *
     * @throws PortTakenException when there would be too many; then they are still open
     */
    synchronized void keep(String owner, Map<HostSocket, HeldSocket> more, Grip grip) {
        if (isNone() || grip == Grip.BOOKED) {
            more.values().forEach(HeldSocket::close);
            return;
        }
        requireRoom(more.size());
        if (!more.isEmpty()) {
            sockets.computeIfAbsent(owner, key -> new HashMap<>()).putAll(more);
            count += more.size();
        }
    }

    /** Refuses more than the limit leaves room for, before they are opened. */
    synchronized void requireRoom(int more) {
        if (!isNone() && more > most - count) {
            throw new PortTakenException(more + " more host ports cannot be held: netd holds " + count + " of at most "
                    + most + " sockets that its limit of open files (RLIMIT_NOFILE, LimitNOFILE) leaves for them");
        }
    }

    /** Lets go of these mappings; what one socket held beside them stays held. */
    synchronized void release(String owner, List<PortMapping> mappings) {
        Map<HostSocket, HeldSocket> held = sockets.getOrDefault(owner, new HashMap<>());
        for (HostSocket released : HostSocket.of(mappings)) {
            HeldSocket whole = held.remove(released);
            if (whole != null) {
                close(whole);
            } else {
                releasePart(held, released);
            }
        }
        if (held.isEmpty()) {
            sockets.remove(owner);
        }
    }

    private void releasePart(Map<HostSocket, HeldSocket> held, HostSocket part) {
        for (HostSocket socket : List.copyOf(held.keySet())) {
            if (socket.mappings().stream().anyMatch(part.mappings()::contains)) {
                List<PortMapping> left = new ArrayList<>(socket.mappings());
                left.removeAll(part.mappings());
                HeldSocket kept = held.remove(socket);
                if (left.isEmpty()) {
                    close(kept);
                } else {
                    held.put(new HostSocket(left), narrow(kept, new HostSocket(left)));
                }
            }
        }
    }

    /** Holds what is left with a socket of its own, or with the one there is: it is held at every instant. */
    private HeldSocket narrow(HeldSocket whole, HostSocket left) {
        try {
            HeldSocket narrow = whole.narrowed(left.family());
            handOver(whole, narrow, left);
            // A relay has closed it already, as soon as nobody waited there.
            close(whole);
            count++;
            return narrow;
        } catch (LinuxException e) {
            LOG.log(
                    Level.WARNING,
                    "host port " + left.mappings().get(0).hostSide() + " stays held for both families: "
                            + e.getMessage());
            refuse(left, whole);
            return whole;
        }
    }

    private void handOver(HeldSocket whole, HeldSocket narrow, HostSocket left) {
        try {
            if (left.isOnLoopback()) {
                relay.ifPresent(running -> running.move(whole, narrow));
            }
        } catch (LinuxException e) {
            narrow.close();
            throw e;
        }
    }

    private void refuse(HostSocket left, HeldSocket kept) {
        if (!left.isOnLoopback()) {
            relay.ifPresent(running -> running.refuse(kept));
        }
    }

    /** From now on {@link #relay} has an effect. */
    synchronized void openRelay(Limits limits) {
        if (relay.isEmpty() && !isNone()) {
            relay = Optional.of(Relay.open(limits));
        }
    }

    /** Relays what reaches an owner's sockets by the host's ::1 to one of these addresses. */
    synchronized void relay(String owner, List<IpAddress> containers) {
        relay.ifPresent(running -> sockets.getOrDefault(owner, Map.of())
                .forEach((socket, held) ->
                        socket.fromLoopback(containers).ifPresent(destination -> running.serve(held, destination))));
    }

    synchronized void release(String owner) {
        Map<HostSocket, HeldSocket> released = sockets.remove(owner);
        if (released != null) {
            released.values().forEach(this::close);
        }
    }

    private void close(HeldSocket socket) {
        count--;
        relay.ifPresent(running -> running.stop(socket));
        socket.close();
    }

    synchronized int count() {
        return count;
    }

    @Override
    public synchronized void close() {
        List.copyOf(sockets.keySet()).forEach(this::release);
        relay.ifPresent(Relay::close);
    }
}
