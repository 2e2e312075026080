package io.netd.trace;

import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.conntrack.FlowPattern;
import io.netd.netlink.nft.TraceEvent;
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
            boolean isElsewhere = request.origin() instanceof Origin.Elsewhere;
            Sightings sightings = new Sightings(probe);
            Optional<LinuxException> refusal;
            try (Watch watch = Watch.over(probe, host, isElsewhere)) {
                sender(request).ifPresent(guest -> watch.overBridges(probe));
                refusal = send(sending, probe);
                follow(watch, sightings);
                if (isElsewhere && probe.protocol() == Protocol.TCP) {
                    sending.send(probe.destination(), ProbePacket.reset(probe));
                }
            }
            forget(probe);
            return new Story(probe, around, sightings).tell(sending, refusal);
        } catch (NoRouteException e) {
            return unsent(request, e.stop(new Faults(around)));
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
            NetworkNamespace inside = NetworkNamespace.open(from.guest().netns());
            try {
                return Sending.Inside.of(inside, true, request, from.guest().toString());
            } catch (NoRouteException e) {
                inside.close();
                throw e;
            }
        }
        return Sending.Inside.of(host, false, request, "this host");
    }

    private static Optional<Guest> sender(TraceRequest request) {
        return request.origin() instanceof Origin.FromGuest from ? Optional.of(from.guest()) : Optional.empty();
    }

    private static Optional<LinuxException> send(Sending sending, Probe probe) {
        try {
            sending.send(probe.destination(), ProbePacket.opening(probe));
            return Optional.empty();
        } catch (LinuxException e) {
            return Optional.of(e);
        }
    }

    private static void follow(Watch watch, Sightings sightings) throws InterruptedException {
        Optional<TraceEvent> event = watch.next(PATIENCE);
        while (event.isPresent()) {
            sightings.take(event.get());
            event = sightings.isComplete() ? Optional.empty() : watch.next(PATIENCE);
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
