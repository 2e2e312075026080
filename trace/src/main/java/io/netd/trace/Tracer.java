package io.netd.trace;

import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.conntrack.FlowPattern;
import io.netd.netlink.route.RouteSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends one real packet, the first of a connection, and follows it through this host: every rule that matched, what was
 * translated, where it went, who listens there and what he answered. Nothing of it stays: no rule, no link, no flow, no
 * half-open connection. Works whoever drops the packet, for it is seen at every hook.
 */
public final class Tracer {
    /** Long enough for a neighbour to be found and for a busy program's kernel to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final NetworkNamespace host;
    private final Guests guests;

    /** In {@code host}, which stays the caller's. */
    public Tracer(NetworkNamespace host, Guests guests) {
        this.host = host;
        this.guests = guests;
    }

    /**
     * Takes up to some seconds, on the calling thread.
     *
     * @throws NetlinkException when the kernel cannot trace (EOPNOTSUPP before Linux 5.12, or without nf_tables)
     * @throws InterruptedException when interrupted; nothing stays then either
     */
    public PacketTrace trace(TraceRequest request) throws InterruptedException {
        try (RouteSocket route = RouteSocket.openIn(host)) {
            return trace(request, new Surroundings(host, route, guests, sender(request)));
        }
    }

    private PacketTrace trace(TraceRequest request, Surroundings around) throws InterruptedException {
        try (Sending sending = sending(request)) {
            Probe probe = Probe.of(request.protocol(), sending.source(), request.destination(), request.port());
            Sightings sightings = new Sightings(probe);
            Optional<LinuxException> refusal = watched(request, sending, probe, sightings);
            return new Story(probe, around, sightings).tell(sending, refusal);
        } catch (NoRouteException e) {
            return unsent(request, e.stop(new Faults(around)));
        } catch (GoneException e) {
            return unsent(request, e.stop());
        }
    }

    /** Why it could not be sent, if so. What it made on its way goes whatever happens. */
    private Optional<LinuxException> watched(TraceRequest request, Sending sending, Probe probe, Sightings sightings)
            throws InterruptedException {
        boolean isElsewhere = request.origin() instanceof Origin.Elsewhere;
        try (Watch watch = Watch.over(probe, host, isElsewhere)) {
            sender(request).ifPresent(guest -> watch.overBridges(probe));
            Optional<LinuxException> refusal = send(sending, probe, ProbePacket.opening(probe));
            try {
                follow(watch, sightings);
            } finally {
                if (isElsewhere && probe.protocol() == Protocol.TCP) {
                    send(sending, probe, ProbePacket.reset(probe));
                }
            }
            return refusal;
        } finally {
            forget(probe);
        }
    }

    private static PacketTrace unsent(TraceRequest request, Stop stop) {
        String packet = request.origin().text() + " -> " + SeenPacket.text(request.destination(), request.port()) + "/"
                + request.protocol();
        return new PacketTrace(packet, List.of(new TraceStep("stopped", stop.text())), Optional.of(stop));
    }

    private Sending sending(TraceRequest request) {
        if (request.origin() instanceof Origin.Elsewhere elsewhere) {
            return Wire.to(elsewhere.source(), host);
        }
        if (request.origin() instanceof Origin.FromGuest from) {
            NetworkNamespace inside = from.guest().open();
            try {
                return Sending.Inside.of(inside, true, request, from.guest().toString());
            } catch (RuntimeException e) {
                inside.close();
                throw e;
            }
        }
        return Sending.Inside.of(host, false, request, "this host");
    }

    private static Optional<Guest> sender(TraceRequest request) {
        return request.origin() instanceof Origin.FromGuest from ? Optional.of(from.guest()) : Optional.empty();
    }

    private static Optional<LinuxException> send(Sending sending, Probe probe, byte[] packet) {
        try {
            sending.send(probe.destination(), packet);
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }

    /** Other people's traces may never fall silent. */
    private static void follow(Watch watch, Sightings sightings) throws InterruptedException {
        long last = System.nanoTime();
        Duration left = PATIENCE;
        while (!sightings.isComplete() && left.compareTo(Duration.ZERO) > 0) {
            if (watch.next(left).filter(sightings::take).isPresent()) {
                last = System.nanoTime();
            }
            left = PATIENCE.minusNanos(System.nanoTime() - last);
        }
    }

    /** A host without connection tracking has nothing to forget. */
    private void forget(Probe probe) {
        try (Conntrack conntrack = Conntrack.openIn(host)) {
            conntrack.forget(List.of(new FlowPattern.FromPort(probe.protocol(), probe.sourcePort())));
        } catch (NetlinkException e) {
            System.getLogger(Tracer.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }
}
