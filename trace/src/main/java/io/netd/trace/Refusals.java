package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.RouteLookup;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/**
 * Why the kernel routes a packet nowhere, in one network namespace: it is asked for the route of such a packet, and its
 * refusal put into words ({@code net/ipv4/route.c}, {@code net/ipv4/fib_frontend.c}, {@code net/ipv6/ip6_output.c}).
 */
final class Refusals {
    private final NetworkNamespace place;
    private final RouteSocket route;

    Refusals(NetworkNamespace place, RouteSocket route) {
        this.place = place;
        this.route = route;
    }

    /**
     * Of one packet; empty when it has a way.
     *
     * @param inIndex the link it came by; 0 for one of the namespace's own
     */
    Optional<Stop> of(IpAddress source, IpAddress destination, int inIndex) {
        try {
            RouteLookup found = route.routes().lookup(destination, source, inIndex);
            return found.isLocal() || inIndex == 0 ? Optional.empty() : forwarding(destination.family(), inIndex);
        } catch (NetlinkException e) {
            return Optional.of(refusal(e, source, destination, inIndex));
        }
    }

    private Stop refusal(NetlinkException e, IpAddress source, IpAddress destination, int inIndex) {
        return switch (e.errno()) {
            case EXDEV -> reversePath(source, inIndex);
            case EINVAL ->
                localnet(source, destination, inIndex)
                        .or(() -> blackhole(destination))
                        .or(() -> unexpected(source, inIndex))
                        .orElseGet(() -> martian(source, destination, inIndex));
            case EHOSTUNREACH ->
                Optional.of(inIndex)
                        .filter(index -> index != 0)
                        .flatMap(index -> forwarding(destination.family(), index))
                        .orElseGet(() -> noWay(destination, e));
            default -> noWay(destination, e);
        };
    }

    /** Asks once more, without the addresses that may be the reason. */
    private Optional<Stop> blackhole(IpAddress destination) {
        try {
            route.routes().lookup(destination);
            return Optional.empty();
        } catch (NetlinkException e) {
            return Optional.of(noWay(destination, e));
        }
    }

    /** What the kernel means when it is asked for a route by the destination alone ({@code fib_props}). */
    static Stop noWay(IpAddress destination, NetlinkException e) {
        String why = switch (e.errno()) {
            case EINVAL -> "a route of type blackhole";
            case EACCES -> "a route of type prohibit";
            default -> e.errno().text();
        };
        return new Stop(Cause.NO_ROUTE, destination.toString(), why);
    }

    /** What rp_filter refuses was EXDEV once; to Linux 6.18 it is EINVAL like all else that is wrong with a source. */
    private Optional<Stop> unexpected(IpAddress source, int inIndex) {
        return source.family() == IpFamily.IPV4 && inIndex != 0 && isUnexpected(source, inIndex)
                ? Optional.of(reversePath(source, inIndex))
                : Optional.empty();
    }

    /** 1 asks for a way back by the same link, 2 for any. */
    private boolean isUnexpected(IpAddress source, int inIndex) {
        int filter = value(filter(inIndex));
        try {
            RouteLookup back = route.routes().lookup(source);
            return filter == 1 && !back.isLocal() && back.outIndex() != inIndex;
        } catch (NetlinkException e) {
            return filter > 0;
        }
    }

    /** The kernel takes the greater of the two values. */
    private String filter(int inIndex) {
        String own = conf(link(inIndex), "rp_filter");
        String all = conf("all", "rp_filter");
        return value(all) > value(own) ? all : own;
    }

    private Stop reversePath(IpAddress source, int inIndex) {
        String key = filter(inIndex);
        return new Stop(
                Cause.RP_FILTER,
                dotted(key),
                "no packet from " + source + " is expected on " + link(inIndex) + wayTo(source) + ": " + dotted(key)
                        + " is " + value(key));
    }

    private String wayTo(IpAddress source) {
        try {
            return ", the way there is by " + link(route.routes().lookup(source).outIndex());
        } catch (NetlinkException e) {
            return ", there is no way there";
        }
    }

    private Optional<Stop> localnet(IpAddress source, IpAddress destination, int inIndex) {
        boolean isConcerned = source.family() == IpFamily.IPV4 && (source.isLoopback() || destination.isLoopback());
        return isConcerned
                ? localnetOf(inIndex == 0 ? out(destination) : inIndex, source, destination)
                : Optional.empty();
    }

    private Optional<Stop> localnetOf(int index, IpAddress source, IpAddress destination) {
        if (index == 0) {
            return Optional.empty();
        }
        String key = conf(link(index), "route_localnet");
        return value(conf("all", "route_localnet")) != 0 || value(key) != 0
                ? Optional.empty()
                : Optional.of(new Stop(
                        Cause.ROUTE_LOCALNET,
                        dotted(key),
                        "no packet from " + source + " to " + destination + " may go by " + link(index) + ": "
                                + dotted(key) + " is 0"));
    }

    /** The link that leads there; 0 for none. */
    private int out(IpAddress destination) {
        try {
            return route.routes().lookup(destination).outIndex();
        } catch (NetlinkException e) {
            return 0;
        }
    }

    private Stop martian(IpAddress source, IpAddress destination, int inIndex) {
        return new Stop(
                Cause.MARTIAN,
                source.toString(),
                "a packet from " + source + " to " + destination + " may not "
                        + (inIndex == 0 ? "be sent" : "come by " + link(inIndex))
                        + ": the kernel drops it as martian");
    }

    private Optional<Stop> forwarding(IpFamily family, int inIndex) {
        String all = family == IpFamily.IPV4 ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding";
        String own = conf(link(inIndex), "forwarding");
        if (value(all) == 0) {
            return Optional.of(switchedOff(all, "this host forwards nothing"));
        }
        return family == IpFamily.IPV4 && value(own) == 0
                ? Optional.of(switchedOff(own, "this host forwards nothing that comes by " + link(inIndex)))
                : Optional.empty();
    }

    private static Stop switchedOff(String key, String consequence) {
        return new Stop(Cause.FORWARDING_OFF, dotted(key), consequence + ": " + dotted(key) + " is 0");
    }

    private static String conf(String link, String name) {
        return "net/ipv4/conf/" + link + "/" + name;
    }

    /** -1 where the kernel has no such parameter, or the link is gone. */
    private int value(String key) {
        try {
            return place.call(() -> Integer.parseInt(Sysctl.read(key)));
        } catch (LinuxException e) {
            return -1;
        }
    }

    /** As sysctl(8) writes it: dots for slashes, and a slash for each dot of a link's name. */
    private static String dotted(String key) {
        StringBuilder text = new StringBuilder();
        key.chars().forEach(letter -> text.append(letter == '/' ? '.' : letter == '.' ? '/' : (char) letter));
        return text.toString();
    }

    private String link(int index) {
        return route.links().byIndex(index).map(Link::name).orElse("link " + index);
    }
}
