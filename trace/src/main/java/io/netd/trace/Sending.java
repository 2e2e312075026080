package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.linux.net.RawPackets;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.RouteLookup;
import io.netd.netlink.route.RouteSocket;
import java.util.Optional;

/** A place that probes are sent from. */
interface Sending extends AutoCloseable {
    /** Whom the probe is from. */
    IpAddress source();

    /** One line about the place. */
    String text();

    /**
     * Sends a packet.
     *
     * @throws io.netd.linux.sys.LinuxException when it cannot leave: ENETUNREACH without a route, EPERM by a rule
     */
    void send(IpAddress destination, byte[] packet);

    /** Why this host has seen nothing of a packet that was sent. */
    Stop unseen(IpAddress destination, Surroundings around);

    /** The namespace that the packet does not leave, for it is meant for the sender itself; empty for this host's. */
    Optional<NetworkNamespace> own();

    @Override
    void close();

    /** A program's place in a namespace. */
    record Inside(NetworkNamespace namespace, boolean owned, IpAddress source, boolean isOwn, String who)
            implements Sending {
        /** @throws NoRouteException when there is none */
        static Inside of(NetworkNamespace namespace, boolean owned, TraceRequest request, String who) {
            IpAddress destination = request.destination();
            try (RouteSocket route = RouteSocket.openIn(namespace)) {
                RouteLookup found = route.routes().lookup(destination);
                IpAddress source = request.source().or(found::source).orElse(destination);
                return new Inside(namespace, owned, source, owned && found.isLocal(), who);
            } catch (NetlinkException e) {
                throw new NoRouteException(who, destination, e);
            }
        }

        @Override
        public String text() {
            return "by " + who;
        }

        @Override
        public Stop unseen(IpAddress destination, Surroundings around) {
            try (RouteSocket route = RouteSocket.openIn(namespace)) {
                RouteLookup found = route.routes().lookup(destination);
                Optional<Stop> silence = Silence.of(found.gateway().orElse(destination), found.outIndex(), route);
                return silence.map(stop -> found.gateway()
                                .flatMap(gateway -> around.silence(gateway, source, who))
                                .orElse(stop))
                        .orElseGet(() -> new Stop(
                                Cause.LOST,
                                around.senderName(),
                                "it did not reach this host: the link it was sent by does not bring it here"));
            }
        }

        @Override
        public Optional<NetworkNamespace> own() {
            return isOwn ? Optional.of(namespace) : Optional.empty();
        }

        @Override
        public void send(IpAddress destination, byte[] packet) {
            namespace.run(() -> RawPackets.send(destination, packet));
        }

        @Override
        public void close() {
            if (owned) {
                namespace.close();
            }
        }
    }
}
