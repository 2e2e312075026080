package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.Protocol;
import io.netd.linux.proc.Program;
import io.netd.linux.testing.ThrowawayNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A host with two containers on a bridge and another host on its wire. */
final class TracedHost implements AutoCloseable {
    static final String CONTAINER = "10.77.0.2";
    static final String OTHER = "10.77.0.3";
    static final String HOST = "198.51.100.1";
    static final String NEIGHBOUR = "198.51.100.7";

    /** The host's port that is published for the container's port 80. */
    static final int PUBLISHED = 8080;

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final ThrowawayNamespace wire = ThrowawayNamespace.create();
    private final ThrowawayNamespace other = ThrowawayNamespace.create();
    private final List<PublishedPort> published = new ArrayList<>();

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
        return guest("web", container, "veth0", "10.77.0.2/24", "fd77::2/64");
    }

    Guest otherGuest() {
        return guest("other", other, "veth1", "10.77.0.3/24", "fd77::3/64");
    }

    private static Guest guest(String name, ThrowawayNamespace where, String link, String... addresses) {
        Path netns =
                Path.of("/proc/self/fd", Integer.toString(where.namespace().fd().number()));
        List<IpPrefix> given = Stream.of(addresses).map(IpPrefix::parse).toList();
        return new Guest(name, netns, Optional.of(link), Optional.of("br0"), given);
    }

    /** Runs a listener in a namespace until it is closed; it listens when this returns. */
    static Process listen(ThrowawayNamespace where, Protocol protocol, int port) {
        String[] command = protocol == Protocol.UDP
                ? new String[] {"nc", "-6", "-u", "-l", "-k", Integer.toString(port)}
                : new String[] {"busybox", "nc", "-ll", "-p", Integer.toString(port), "-e", "cat"};
        Process process = where.call(() -> Program.of(command).start());
        where.sh("until ss -Hltun | grep -q ':" + port + " '; do :; done");
        return process;
    }

    /** Lets the host's port lead to the container's port 80, from everywhere, and from the host itself by 127.0.0.1, too. */
    void publish() {
        String rule = " -m addrtype --dst-type LOCAL -p tcp --dport " + PUBLISHED + " -j DNAT --to-destination "
                + CONTAINER + ":80";
        host.sh("iptables -t nat -A PREROUTING" + rule + " && iptables -t nat -A OUTPUT" + rule
                + " && iptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o br0 -j MASQUERADE && ip link set lo up"
                + " && sysctl -qw net.ipv4.conf.br0.route_localnet=1");
        published(new PublishedPort(guest(), Optional.empty(), Protocol.TCP, 80, "0.0.0.0:8080->80/tcp"));
    }

    /** Lets the tracer know of such a port, without rules that lead there. */
    void published(PublishedPort port) {
        published.add(port);
    }

    PacketTrace trace(Origin origin, String destination, int port, Protocol protocol) throws InterruptedException {
        return new Tracer(host.namespace(), new Containers(List.of(guest(), otherGuest()), List.copyOf(published)))
                .trace(new TraceRequest(origin, IpAddress.parse(destination), port, protocol));
    }

    private record Containers(List<Guest> guests, List<PublishedPort> ports) implements Guests {
        @Override
        public Optional<Guest> at(IpAddress address) {
            return guests.stream()
                    .filter(guest -> guest.addresses().stream()
                            .anyMatch(given -> given.address().equals(address)))
                    .findFirst();
        }

        @Override
        public List<PublishedPort> publishing(int hostPort) {
            return hostPort == PUBLISHED ? ports : List.of();
        }
    }

    /** Whether a connection from there is accepted within a second. */
    boolean connects(Origin origin, String destination, int port) {
        return place(origin)
                .attempt("nc", "-z", "-w", "1", destination, Integer.toString(port))
                .succeeded();
    }

    private ThrowawayNamespace place(Origin origin) {
        if (origin instanceof Origin.FromGuest from) {
            return from.guest().name().equals("web") ? container : other;
        }
        return origin instanceof Origin.Elsewhere ? wire : host;
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
