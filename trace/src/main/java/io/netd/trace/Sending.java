package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.linux.net.RawPackets;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.route.RouteSocket;

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

    @Override
    void close();

    /** A program's place in a namespace, with the source that the kernel would choose. */
    record Inside(NetworkNamespace namespace, boolean owned, IpAddress source, String text) implements Sending {
        /** @throws io.netd.netlink.NetlinkException when there is no route */
        static Inside of(NetworkNamespace namespace, boolean owned, IpAddress destination, String text) {
            try (RouteSocket route = RouteSocket.openIn(namespace)) {
                IpAddress source = route.routes().lookup(destination).source().orElse(destination);
                return new Inside(namespace, owned, source, text);
            }
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
