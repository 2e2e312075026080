package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A host with two containers on a bridge and another host on its wire. */
final class TracedHost implements AutoCloseable {
    static final String CONTAINER = "10.77.0.2";
    static final String OTHER = "10.77.0.3";
    static final String HOST = "198.51.100.1";
    static final String NEIGHBOUR = "198.51.100.7";

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final ThrowawayNamespace wire = ThrowawayNamespace.create();
    private final ThrowawayNamespace other = ThrowawayNamespace.create();

    TracedHost() {
        // Until it knows that nobody else has its address, a link asks for no neighbour.
        Stream.of(host, container, other, wire).forEach(one -> one.sh("sysctl -qw net.ipv6.conf.default.accept_dad=0"));
        host.sh("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 && ip link add br0 type bridge"
                + " && ip address add 10.77.0.1/24 dev br0 && ip address add fd77::1/64 dev br0 nodad"
                + " && ip link set br0 up");
        join(container, "veth0", "br0", List.of("10.77.0.2/24", "fd77::2/64"), "10.77.0.1", "fd77::1");
        join(other, "veth1", "br0", List.of("10.77.0.3/24", "fd77::3/64"), "10.77.0.1", "fd77::1");
        join(wire, "up0", "", List.of("198.51.100.7/24", "2001:db8:1::7/64"), HOST, "2001:db8:1::1");
        host.sh("ip address add 198.51.100.1/24 dev up0 && ip address add 2001:db8:1::1/64 dev up0 nodad");
    }

    private void join(
            ThrowawayNamespace other, String name, String master, List<String> addresses, String gw, String gw6) {
        host.exec("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", path(other));
        host.sh("ip link set " + name + (master.isEmpty() ? "" : " master " + master) + " up");
        addresses.forEach(address -> other.sh("ip address add " + address + " dev eth0 nodad"));
        other.sh("ip link set eth0 up && ip route add default via " + gw + " && ip -6 route add default via " + gw6);
    }

    private static String path(ThrowawayNamespace namespace) {
        return namespace.namespace().fd().sharedPath().toString();
    }

    ThrowawayNamespace host() {
        return host;
    }

    ThrowawayNamespace container() {
        return container;
    }

    ThrowawayNamespace wire() {
        return wire;
    }

    /** The other container. */
    ThrowawayNamespace other() {
        return other;
    }

    Guest guest() {
        return guest("web", container, "veth0");
    }

    Guest otherGuest() {
        return guest("other", other, "veth1");
    }

    private static Guest guest(String name, ThrowawayNamespace where, String link) {
        Path netns =
                Path.of("/proc/self/fd", Integer.toString(where.namespace().fd().number()));
        return new Guest(name, netns, Optional.of(link));
    }

    /** Runs a listener in a namespace until it is closed; it listens when this returns. */
    static Process listen(ThrowawayNamespace where, Protocol protocol, int port) {
        String[] command = protocol == Protocol.UDP
                ? new String[] {"nc", "-6", "-u", "-l", "-k", Integer.toString(port)}
                : new String[] {"busybox", "nc", "-ll", "-p", Integer.toString(port)};
        Process process = where.call(() -> Program.of(command).start());
        where.sh("until ss -Hltun | grep -q ':" + port + " '; do :; done");
        return process;
    }

    PacketTrace trace(Origin origin, String destination, int port, Protocol protocol) throws InterruptedException {
        Map<IpAddress, Guest> guests = Map.of(
                IpAddress.parse(CONTAINER),
                guest(),
                IpAddress.parse("fd77::2"),
                guest(),
                IpAddress.parse(OTHER),
                otherGuest());
        return new Tracer(host.namespace(), address -> Optional.ofNullable(guests.get(address)))
                .trace(new TraceRequest(origin, IpAddress.parse(destination), port, protocol));
    }

    /** What a trace tells, a line for each step. */
    static List<String> lines(PacketTrace trace) {
        return trace.steps().stream()
                .map(step -> step.what() + " " + step.text())
                .toList();
    }

    @Override
    public void close() {
        container.close();
        other.close();
        wire.close();
        host.close();
    }
}
