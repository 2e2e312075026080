package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.linux.ns.NetworkNamespace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why nobody waits for a packet where it came to: who would, were it sent otherwise. */
final class Absence {
    private final Protocol protocol;
    private final Guests guests;

    Absence(Protocol protocol, Guests guests) {
        this.protocol = protocol;
        this.guests = guests;
    }

    /** In a container, or what else publishes no ports. */
    Stop in(NetworkNamespace place, IpAddress address, int port) {
        return noListener(
                address,
                port,
                Listeners.beside(place, protocol, port)
                        .map(found -> ": " + found.text() + "/" + found.local().protocol() + " only"));
    }

    /** On this host. */
    Stop onHost(NetworkNamespace host, IpAddress address, int port) {
        return unfit(address, port).orElseGet(() -> {
            List<PublishedPort> others = guests.publishing(port);
            return others.isEmpty()
                    ? in(host, address, port)
                    : noListener(address, port, Optional.of(": " + text(others)));
        });
    }

    /** Of a port that netd holds for a container. */
    Stop untranslated(IpAddress address, int port) {
        return unfit(address, port)
                .orElseGet(() -> new Stop(
                        Cause.NOT_TRANSLATED,
                        SeenPacket.text(address, port),
                        "netd holds the port for a container, but no rule translates what is sent to " + address
                                + ": see netctl port owner " + port + " and netctl firewall show --diff"));
    }

    /** A container that publishes just that, and has no address to send it to. */
    private Optional<Stop> unfit(IpAddress address, int port) {
        return guests.publishing(port).stream()
                .filter(published -> published.covers(protocol, address)
                        && published.target(address.family()).isEmpty())
                .findFirst()
                .map(published -> new Stop(
                        Cause.NO_SUCH_FAMILY,
                        published.guest().name(),
                        published.guest() + ", which publishes the port, has no "
                                + (address.family() == IpFamily.IPV4 ? "IPv4" : "IPv6") + " address"));
    }

    private Stop noListener(IpAddress address, int port, Optional<String> who) {
        String socket = SeenPacket.text(address, port) + "/" + protocol;
        return new Stop(Cause.NO_LISTENER, socket, "no process listens on " + socket + who.orElse(""));
    }

    private static String text(List<PublishedPort> ports) {
        return ports.stream()
                .map(port -> port.guest() + " publishes " + port.text())
                .collect(Collectors.joining(", "));
    }
}
