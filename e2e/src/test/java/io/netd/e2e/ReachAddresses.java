package io.netd.e2e;

import io.netd.address.IpFamily;
import io.netd.e2e.ReachTable.Network;
import io.netd.e2e.ReachTable.Place;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the names of {@link ReachTable} mean: each network has subnets of its number, but the one that netd brings along. */
record ReachAddresses(List<Network> networks) {
    private static final Map<String, Pair> FIXED = Map.of(
            "HOST", new Pair(Host.ADDRESS, "fd00:9::2"),
            "OTHER", new Pair("203.0.113.7", "fd00:9::7"),
            "WIRE", new Pair(Host.NEIGHBOUR, "fd00:9::1"),
            "LOCALHOST", new Pair("127.0.0.1", "::1"),
            "ANY", new Pair("0.0.0.0", "::"));
    private static final Map<String, Integer> ON_NETWORK = Map.of("GATEWAY", 1, "CONTAINER", 2, "NEIGHBOUR", 3);

    private record Pair(String four, String six) {
        String of(IpFamily family) {
            return family == IpFamily.IPV4 ? four : six;
        }

        Stream<String> both() {
            return Stream.of(four, six);
        }
    }

    /** The address that a name means, seen from a network. */
    String of(Network network, String name, IpFamily family) {
        return pair(network, name).of(family);
    }

    /** Flags of {@code -p} with addresses in the place of names, one of each family. */
    static Stream<String> inFlags(String ports) {
        String name = ports.replaceAll(":.*", "");
        return FIXED.containsKey(name)
                ? FIXED.get(name).both().map(ip -> ports.replace(name, ip.contains(":") ? "[" + ip + "]" : ip))
                : Stream.of(ports);
    }

    /** The word for the address that a server saw when it was asked from a place. */
    String seen(Network network, Place place, String address) {
        if (pair(network, "GATEWAY").both().anyMatch(address::equals)) {
            return "gateway";
        }
        if (own(network, place).anyMatch(address::equals)) {
            return "own";
        }
        if (pair(network, "OTHER").both().anyMatch(address::equals)) {
            return "other";
        }
        return own(network, Place.HOST).anyMatch(address::equals) ? "host" : address;
    }

    /** The network whose container is everybody's stranger. */
    Network stranger() {
        return networks.get(networks.size() - 1);
    }

    private Stream<String> own(Network network, Place place) {
        return switch (place) {
            case WIRE -> pair(network, "WIRE").both();
            case HOST ->
                Stream.of("HOST", "OTHER", "LOCALHOST")
                        .flatMap(name -> pair(network, name).both());
            case NEIGHBOUR -> pair(network, "NEIGHBOUR").both();
            case ITSELF -> pair(network, "CONTAINER").both();
            case STRANGER -> pair(stranger(), "CONTAINER").both();
        };
    }

    private Pair pair(Network network, String name) {
        if (FIXED.containsKey(name)) {
            return FIXED.get(name);
        }
        int last = ON_NETWORK.get(name);
        int number = networks.indexOf(network) + 1;
        return network.isPredefined()
                ? new Pair("172.17.0." + last, "none")
                : new Pair("10.80." + number + "." + last, "fd00:80:" + number + "::" + last);
    }
}
