package io.netd.trace;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Neighbour;
import io.netd.netlink.route.RouteLookup;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;
import java.util.function.BiConsumer;

/** How the way of a probe ended that no rule of nf_tables has dropped. */
final class Ending {
    private static final int NUD_INCOMPLETE = 0x01;
    private static final int NUD_FAILED = 0x20;

    private final Probe probe;
    private final NetworkNamespace host;
    private final RouteSocket route;
    private final Guests guests;
    private final Sightings sightings;
    private final BiConsumer<String, String> tell;

    Ending(
            Probe probe,
            NetworkNamespace host,
            RouteSocket route,
            Guests guests,
            Sightings sightings,
            BiConsumer<String, String> tell) {
        this.probe = probe;
        this.host = host;
        this.route = route;
        this.guests = guests;
        this.sightings = sightings;
        this.tell = tell;
    }

    /** Tells it and says whether the probe arrived. */
    boolean of(Visit last) {
        Optional<Point> point = last.point();
        if (point.filter(here -> here == Point.INPUT_END).isPresent()) {
            return listener(host, last.packet());
        }
        if (point.filter(here -> here == Point.POSTROUTING_END).isPresent()) {
            return departure(last);
        }
        if (point.filter(here -> here == Point.PREROUTING_END || here == Point.OUTPUT_END)
                .isPresent()) {
            return stop(routing(last));
        }
        String hook = point.map(Point::hookName).orElse("its hook");
        return stop("lost in " + hook + ", by no rule of nf_tables: look at the rules of iptables-legacy");
    }

    private boolean departure(Visit last) {
        SeenPacket packet = last.packet();
        Optional<Guest> guest = guests.at(packet.destination());
        if (guest.isEmpty()) {
            tell.accept("sent on", "by " + link(last.outIndex()) + " to " + packet.to());
            return sightings.answer().map(this::answer).orElse(true);
        }
        tell.accept(
                "container",
                guest.get().name()
                        + guest.get().hostInterface().map(link -> " by " + link).orElse(""));
        Optional<String> trouble = trouble(guest.get(), last);
        if (trouble.isPresent()) {
            return stop(trouble.get());
        }
        try (NetworkNamespace inside = NetworkNamespace.open(guest.get().netns())) {
            return listener(inside, packet);
        } catch (LinuxException e) {
            return stop("the container is gone: " + e.getMessage());
        }
    }

    /** Why a container's link would not bring the packet there. */
    private Optional<String> trouble(Guest guest, Visit last) {
        Optional<String> down = guest.hostInterface()
                .filter(name -> route.links()
                        .byName(name)
                        .filter(link -> link.up() && link.running())
                        .isEmpty())
                .map(name -> name + ", the host's end of its link, is down or gone");
        return down.or(() -> route.neighbours().list(last.outIndex()).stream()
                .filter(entry -> entry.address().equals(last.packet().destination()))
                .filter(entry -> isSilent(entry) && sightings.answer().isEmpty())
                .findFirst()
                .map(entry -> "nobody on " + link(last.outIndex()) + " says that " + entry.address() + " is his"));
    }

    private static boolean isSilent(Neighbour entry) {
        return (entry.state() & (NUD_INCOMPLETE | NUD_FAILED)) != 0;
    }

    private boolean listener(NetworkNamespace place, SeenPacket packet) {
        Optional<Listeners.Found> found =
                Listeners.at(place, probe.protocol(), packet.destination(), packet.destinationPort());
        Optional<SeenPacket> answer = sightings.answer();
        if (found.filter(Listeners.Found::isHeld).isPresent()) {
            if (answer.isPresent() || isRelayed(packet)) {
                tell.accept("relayed", "by netd to the container that publishes the port");
                return answer.map(this::answer).orElse(true);
            }
            return stop("netd holds the port for a container, but no rule has translated the packet:"
                    + " see netctl firewall show --diff");
        }
        found.ifPresent(socket -> tell.accept("listener", socket.text()));
        if (answer.isPresent()) {
            return answer(answer.get());
        }
        if (found.isEmpty()) {
            return stop("no process listens on " + SeenPacket.text(packet.destination(), packet.destinationPort()) + "/"
                    + probe.protocol());
        }
        return probe.protocol() == Protocol.UDP || stop("no answer: something in the container drops the packet");
    }

    /** A datagram to ::1; the container answers it, if anybody. */
    private boolean isRelayed(SeenPacket packet) {
        return probe.protocol() == Protocol.UDP
                && probe.family() == IpFamily.IPV6
                && packet.destination().isLoopback();
    }

    private boolean answer(SeenPacket answer) {
        if (answer.accepts(probe.protocol().number())) {
            tell.accept("answer", "the connection is accepted");
            return true;
        }
        return stop("the connection is refused: no process listens on " + answer.from() + "/" + probe.protocol());
    }

    private String routing(Visit last) {
        SeenPacket packet = last.packet();
        try {
            RouteLookup found = last.inIndex() == 0
                    ? route.routes().lookup(packet.destination())
                    : route.routes().lookup(packet.destination(), packet.source(), last.inIndex());
            return found.isLocal() || isForwarding()
                    ? "lost where it is routed, although there is a route by " + link(found.outIndex())
                    : forwardsNothing();
        } catch (NetlinkException e) {
            return refusal(e, last);
        }
    }

    private String refusal(NetlinkException e, Visit last) {
        SeenPacket packet = last.packet();
        return switch (e.errno()) {
            case EXDEV ->
                "no packet from " + packet.source() + " is expected on " + link(last.inIndex())
                        + ": rp_filter drops it";
            case EINVAL ->
                "a packet from " + packet.source() + " to " + packet.destination() + " may not come by "
                        + link(last.inIndex()) + ": the kernel drops it as martian";
            case EHOSTUNREACH -> isForwarding() ? noWay(packet, e) : forwardsNothing();
            default -> noWay(packet, e);
        };
    }

    private static String noWay(SeenPacket packet, NetlinkException e) {
        return "no way to " + packet.destination() + ": " + e.errno().text();
    }

    private String forwardsNothing() {
        return "this host forwards nothing: " + forwardingKey().replace("/", ".") + " is 0";
    }

    private boolean isForwarding() {
        return host.call(() -> !Sysctl.read(forwardingKey()).equals("0"));
    }

    private String forwardingKey() {
        return probe.family() == IpFamily.IPV4 ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding";
    }

    private boolean stop(String why) {
        tell.accept("stopped", why);
        return false;
    }

    private String link(int index) {
        return route.links().byIndex(index).map(Link::name).orElse("link " + index);
    }
}
