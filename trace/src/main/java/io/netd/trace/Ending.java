package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.RouteLookup;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;
import java.util.function.BiConsumer;

/** How the way of a probe ended that no rule of nf_tables has dropped. */
final class Ending {
    private final Probe probe;
    private final Surroundings around;
    private final Sightings sightings;
    private final BiConsumer<String, String> tell;

    Ending(Probe probe, Surroundings around, Sightings sightings, BiConsumer<String, String> tell) {
        this.probe = probe;
        this.around = around;
        this.sightings = sightings;
        this.tell = tell;
    }

    /** Tells it and says whether the probe arrived. */
    boolean of(Visit last) {
        Optional<Point> point = last.point();
        if (point.filter(here -> here == Point.INPUT_END).isPresent()) {
            return listener(around.host(), last.packet());
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

    /** Of a probe that its sender has sent to itself. */
    boolean within(NetworkNamespace place) {
        tell.accept("routed", probe.destination() + " is the sender's own");
        Optional<Listeners.Found> found =
                Listeners.at(place, probe.protocol(), probe.destination(), probe.destinationPort());
        found.ifPresent(socket -> tell.accept("listener", socket.text()));
        return found.isPresent() || stop(nobody(probe.destination(), probe.destinationPort()));
    }

    private String nobody(IpAddress address, int port) {
        return "no process listens on " + SeenPacket.text(address, port) + "/" + probe.protocol();
    }

    private boolean departure(Visit last) {
        SeenPacket packet = last.packet();
        Optional<Guest> guest = around.guests().at(packet.destination());
        if (guest.filter(found -> around.isBehind(found, last.outIndex())).isEmpty()) {
            tell.accept("sent on", "by " + around.link(last.outIndex()) + " to " + packet.to());
            return guest.map(astray -> stop(packet.destination() + " is container " + astray.name()
                            + "'s, but the route leads elsewhere"))
                    .orElseGet(() -> sightings.answer().map(this::answer).orElse(true));
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
                .filter(name -> around.route()
                        .links()
                        .byName(name)
                        .filter(link -> link.up() && link.running())
                        .isEmpty())
                .map(name -> name + ", the host's end of its link, is down or gone");
        return down.or(() -> Silence.of(last.packet().destination(), last.outIndex(), around.route())
                .filter(silence -> sightings.answer().isEmpty()));
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
            return stop("netd holds the port for a container, but no rule translates what is sent to "
                    + packet.destination() + ": see netctl port owner " + packet.destinationPort()
                    + " and netctl firewall show --diff");
        }
        found.ifPresent(socket -> tell.accept("listener", socket.text()));
        if (answer.isPresent()) {
            return answer(answer.get());
        }
        if (found.isEmpty()) {
            return stop(nobody(packet.destination(), packet.destinationPort()));
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
            boolean isConnection = probe.protocol() != Protocol.UDP;
            tell.accept("answer", isConnection ? "the connection is accepted" : "a datagram comes back");
            return true;
        }
        return stop("the connection is refused: no process listens on " + answer.from() + "/" + probe.protocol());
    }

    private String routing(Visit last) {
        SeenPacket packet = last.packet();
        if (last.isBridged()) {
            return around.isolation(packet.destination())
                    .orElseGet(() -> "lost in the bridge that got it by " + around.link(last.inIndex()));
        }
        RouteSocket route = around.route();
        try {
            RouteLookup found = last.inIndex() == 0
                    ? route.routes().lookup(packet.destination())
                    : route.routes().lookup(packet.destination(), packet.source(), last.inIndex());
            return found.isLocal() || isForwarding() ? lost(found, packet) : forwardsNothing();
        } catch (NetlinkException e) {
            return refusal(e, last);
        }
    }

    private String lost(RouteLookup found, SeenPacket packet) {
        return around.isolation(packet.destination())
                .orElseGet(
                        () -> "lost where it is routed, although there is a route by " + around.link(found.outIndex()));
    }

    private String refusal(NetlinkException e, Visit last) {
        SeenPacket packet = last.packet();
        return switch (e.errno()) {
            case EXDEV ->
                "no packet from " + packet.source() + " is expected on " + around.link(last.inIndex())
                        + ": rp_filter drops it";
            case EINVAL ->
                "a packet from " + packet.source() + " to " + packet.destination() + " may not come by "
                        + around.link(last.inIndex()) + ": the kernel drops it as martian";
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
        return around.host().call(() -> !Sysctl.read(forwardingKey()).equals("0"));
    }

    private String forwardingKey() {
        return probe.family() == IpFamily.IPV4 ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding";
    }

    private boolean stop(String why) {
        tell.accept("stopped", why);
        return false;
    }
}
