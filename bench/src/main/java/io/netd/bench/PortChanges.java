package io.netd.bench;

import io.netd.address.IpPrefix;
import io.netd.address.Protocol;
import io.netd.firewall.Backend;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.firewall.nftables.NftablesBackends;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the daemon does to publish a port of a running container, without the daemon: a ledger of the network namespace it
 * is started in, with the bridge bench0 and ports of many containers. Reads {@code add} and {@code remove} from standard
 * input, one a line, and answers each with the milliseconds that it took; the port is 50000, which goes to 10.88.0.2:80.
 *
 * <p>usage: PortChanges iptables|nftables PRESENT WARM-UP
 */
public final class PortChanges {
    private static final String BRIDGE = "bench0";
    private static final IpPrefix SUBNET = IpPrefix.parse("10.88.0.0/16");
    private static final Owner NETWORK = new Owner("network");
    private static final Owner CONTAINER = new Owner("container");
    private static final int PORTS_EACH = 10;
    private static final int FIRST_PORT = 10_000;
    private static final int PAUSE = 40;

    private PortChanges() {}

    /** Serves until the end of its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean isNftables = arguments[0].equals("nftables");
        NetworkNamespace here = NetworkNamespace.current();
        Backend backend = isNftables
                ? NftablesBackends.ofOwnNamespace(here)
                : IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, here);
        try (Ledger ledger = Ledger.of(backend)) {
            ledger.put(NETWORK, NetworkRules.protect(new BridgeNetwork(BRIDGE, List.of(SUBNET), true)));
            fill(ledger, Integer.parseInt(arguments[1]));
            warmUp(ledger, Integer.parseInt(arguments[2]));
            System.out.println("ready");
            serve(ledger);
        }
    }

    private static void serve(Ledger ledger) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<Rule> rules = line.equals("add") ? published() : List.of();
            long start = System.nanoTime();
            ledger.put(CONTAINER, rules);
            System.out.printf("%.4f%n", (System.nanoTime() - start) / 1e6);
        }
    }

    private static List<Rule> published() {
        return rules(0, List.of(mapping(50_000, 80)));
    }

    /** No two of them beside one another, so that each has rules of its own. */
    private static void fill(Ledger ledger, int present) {
        Map<Owner, List<Rule>> all = new LinkedHashMap<>();
        for (int container = 1; container <= present / PORTS_EACH; container++) {
            List<PortMapping> mappings = new ArrayList<>();
            for (int i = 0; i < PORTS_EACH; i++) {
                mappings.add(mapping(FIRST_PORT + container * PORTS_EACH + i, 1000 - 2 * i));
            }
            all.put(new Owner("container " + container), rules(container, mappings));
        }
        if (!all.isEmpty()) {
            ledger.put(all);
        }
    }

    /** A deletion leaves work to the kernel that the next addition would wait for. */
    private static void warmUp(Ledger ledger, int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            ledger.put(CONTAINER, published());
            ledger.remove(CONTAINER);
        }
        Thread.sleep(PAUSE);
    }

    private static List<Rule> rules(int container, List<PortMapping> mappings) {
        String address = "10.88." + container / 250 + "." + (2 + container % 250);
        return PortmapRules.of(
                new Publication(BRIDGE, IpPrefix.parse(address + "/16"), mappings), Publishing.PROTECTED);
    }

    private static PortMapping mapping(int hostPort, int containerPort) {
        return new PortMapping(Optional.empty(), hostPort, containerPort, Protocol.TCP);
    }
}
