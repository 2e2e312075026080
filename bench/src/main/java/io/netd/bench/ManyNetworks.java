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
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of many networks with a container each, in the network namespace it is started in: of others on bridges that
 * need not be there, then of docker0, whose container 172.17.0.2 has port 80 published as 50000. Waits for the end of its input.
 *
 * <p>usage: ManyNetworks iptables|nftables OTHERS
 */
public final class ManyNetworks {
    private ManyNetworks() {}

    /** Writes the rules, says so, and waits. */
    public static void main(String[] arguments) throws IOException {
        NetworkNamespace here = NetworkNamespace.current();
        Backend backend = arguments[0].equals("nftables")
                ? NftablesBackends.ofOwnNamespace(here)
                : IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, here);
        try (Ledger ledger = Ledger.of(backend)) {
            ledger.put(others(Integer.parseInt(arguments[1])));
            ledger.put(new Owner("docker0"), published());
            System.out.println("ready");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Map<Owner, List<Rule>> others(int networks) {
        Map<Owner, List<Rule>> all = new LinkedHashMap<>();
        for (int i = 0; i < networks; i++) {
            String bridge = "other" + i;
            all.put(
                    new Owner(bridge),
                    network(bridge, IpPrefix.parse("172." + (16 + i / 256) + "." + i % 256 + ".2/24")));
        }
        return all;
    }

    private static List<Rule> published() {
        IpPrefix container = IpPrefix.parse("172.17.0.2/16");
        List<Rule> rules = network("docker0", container);
        rules.addAll(PortmapRules.of(
                new Publication(
                        "docker0", container, List.of(new PortMapping(Optional.empty(), 50_000, 80, Protocol.TCP))),
                Publishing.PROTECTED));
        return rules;
    }

    private static List<Rule> network(String bridge, IpPrefix container) {
        List<Rule> rules = new ArrayList<>(NetworkRules.protect(new BridgeNetwork(bridge, List.of(container), true)));
        rules.add(NetworkRules.directAccessBlock(container.address(), bridge));
        return rules;
    }
}
