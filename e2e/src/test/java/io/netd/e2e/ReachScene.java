package io.netd.e2e;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.e2e.ReachTable.Network;
import io.netd.e2e.ReachTable.Place;
import io.netd.e2e.ReachTable.Row;
import io.netd.e2e.Traffic.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks of {@link ReachTable} on a host, made with netctl: in each a container of its name and a neighbour. */
final class ReachScene {
    /** The option by which what the host marks gets in. */
    static final String ACCEPTED = "--bridge-accept-fwmark=0x2/3";

    private static final String NEIGHBOUR = "-next";

    /**
     * The first network with IPv6 turns forwarding on. The wire knows the way to every container. Of two IPv6 addresses what
     * leaves bears the one that came last. What goes to port 4242 is marked.
     */
    private static final String FURNISH = """
            set -e
            sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv4.conf.uplink.route_localnet=1
            ip address add 203.0.113.7/24 dev uplink
            for i in 7 2; do ip address add fd00:9::$i/64 dev uplink nodad; done
            ip -n wire address add fd00:9::1/64 dev eth0 nodad
            ip -6 route add default via fd00:9::1
            for net in 10.80.0.0/16 172.17.0.0/16; do ip -n wire route add $net via 203.0.113.2; done
            ip -n wire route add fd00:80::/32 via fd00:9::2
            nft -f - <<END
            table inet marks {
                chain pre { type filter hook prerouting priority -350; th dport 4242 meta mark set 0xe; }
            }
            END
            """;

    /** Sends packets for the host's loopback to its hardware address, and others too, if need be by way of gateways. */
    private static final String CRAFT = """
            set -e
            ip address flush dev lo
            sysctl -qw net.ipv4.conf.eth0.route_localnet=1
            for address in $2 $3; do ip neighbour replace $address lladdr $1 dev eth0 nud permanent; done
            for address in $2; do ip route add $address dev eth0; done
            for gateway in $3; do ip route add default via $gateway; done
            """;

    private final Host host;
    private final ReachAddresses addresses;
    private final List<Protocol> protocols;
    private final Map<String, String> namespaces = new HashMap<>();

    private ReachScene(Host host, ReachAddresses addresses, List<Protocol> protocols) {
        this.host = host;
        this.addresses = addresses;
        this.protocols = protocols;
    }

    /** Prepares a host before netd comes. */
    static void furnish(Host host) {
        host.sh(FURNISH).ok();
    }

    /**
     * Makes them all.
     *
     * @param protocols those that the kernel has
     */
    static ReachScene make(Host host, ReachAddresses addresses, List<Protocol> protocols) {
        ReachScene scene = new ReachScene(host, addresses, protocols);
        scene.craft("/run/netns/wire", "uplink", "127.0.0.1 ::1", "");
        addresses.networks().forEach(scene::make);
        return scene;
    }

    /** Removes the networks; the containers are gone. */
    void remove() {
        addresses.networks().stream()
                .filter(network -> !network.isPredefined())
                .forEach(network -> host.netctl("network", "rm", network.name()).ok());
    }

    private void make(Network network) {
        String bridge = network.isPredefined() ? "docker0" : create(network);
        run(network, network.name(), flags(network));
        run(network, network.name() + NEIGHBOUR, List.of());
        String loopback = network.isPredefined() ? "127.0.0.1" : "127.0.0.1 ::1";
        String gateways = network.isInternal() ? String.join(" ", gateways(network)) : "";
        for (Place place : List.of(Place.ITSELF, Place.NEIGHBOUR)) {
            craft(namespace(network, place), bridge, loopback, gateways);
        }
    }

    private List<String> gateways(Network network) {
        return Stream.of(IpFamily.values())
                .map(family -> addresses.of(network, "GATEWAY", family))
                .toList();
    }

    private String create(Network network) {
        String bridge = "net-" + network.name();
        List<String> words = new ArrayList<>(List.of("network", "create"));
        for (String gateway : gateways(network)) {
            String subnet = gateway.replaceAll("1$", "");
            words.addAll(List.of("--subnet", subnet.endsWith(":") ? subnet + "/64" : subnet + "0/24"));
        }
        Stream.concat(Stream.of("name=" + bridge), network.options().stream())
                .flatMap(ReachScene::option)
                .forEach(words::add);
        words.add(network.name());
        host.netctl(words.toArray(String[]::new)).ok();
        return bridge;
    }

    private static Stream<String> option(String word) {
        boolean isOfBridges = !word.startsWith("host_ipv");
        return word.startsWith("-")
                ? Stream.of(word)
                : Stream.of("-o", "com.docker.network." + (isOfBridges ? "bridge." : "") + word);
    }

    private void run(Network network, String name, List<String> flags) {
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name, "--net", network.name()));
        words.addAll(flags);
        words.addAll(List.of(NetdTestBase.IMAGE, "sleep", "1000"));
        host.netctl(words.toArray(String[]::new)).ok();
        String pid = host.netctl("inspect", "--format", "{{.State.Pid}}", name).ok();
        namespaces.put(name, "/proc/" + pid + "/ns/net");
    }

    /** With these all that its rows name is published. */
    private List<String> flags(Network network) {
        return network.rows().stream()
                .map(Row::published)
                .distinct()
                .flatMap(this::flags)
                .toList();
    }

    private Stream<String> flags(String published) {
        if (published.equals("-")) {
            return Stream.of();
        }
        if (published.startsWith("all(")) {
            String port = published.replaceAll("\\D", "");
            return Stream.concat(
                    Stream.of("-P"), protocols.stream().flatMap(each -> Stream.of("--expose", port + "/" + each)));
        }
        return ReachAddresses.inFlags(published)
                .flatMap(flag -> flag.contains("/")
                        ? Stream.of("-p", flag)
                        : protocols.stream().flatMap(each -> Stream.of("-p", flag + "/" + each)));
    }

    private void craft(String namespace, String link, String loopback, String gateways) {
        String hardware = host.run("cat", "/sys/class/net/" + link + "/address").ok();
        host.run("nsenter", "--net=" + namespace, "sh", "-c", CRAFT, "sh", hardware, loopback, gateways)
                .ok();
    }

    /** Where those who ask from a place are. */
    String namespace(Network network, Place place) {
        return switch (place) {
            case WIRE -> "/run/netns/wire";
            case HOST -> "/proc/self/ns/net";
            case NEIGHBOUR -> namespaces.get(network.name() + NEIGHBOUR);
            case ITSELF -> namespaces.get(network.name());
            case STRANGER -> namespaces.get(addresses.stranger().name());
        };
    }

    /** The port that a row asks for; {@code netctl port} knows one that netd chose. */
    int port(Network network, Row row, Kind kind, IpFamily family) {
        String port = row.asked().port();
        if (!port.equals("?")) {
            return Integer.parseInt(port);
        }
        String inside = row.server().port() + "/" + kind;
        return host.netctl("port", network.name(), inside)
                .ok()
                .lines()
                .filter(line -> line.startsWith("[") == (family == IpFamily.IPV6))
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*:", "")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no host port leads to " + network.name() + ":" + inside));
    }
}
