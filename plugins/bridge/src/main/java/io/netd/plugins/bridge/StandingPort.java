package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniAddress;
import io.netd.cni.CniResult;
import io.netd.firewall.Rule;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.plugins.spi.trace.VethTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of a container's port on a bridge may be otherwise after its ADD.
 *
 * @param attachment whose
 * @param result what its ADD answered
 */
public record StandingPort(AttachmentId attachment, CniResult result) {
    /** None yet, in the name in which ADD leaves its own. */
    public RulesTrace noRules() {
        return new RulesTrace(BridgeRules.owner(attachment), List.of());
    }

    /**
     * Its rules, so that addresses of these families are reached from its bridge and trusted interfaces alone.
     *
     * @param trusted those interfaces' names
     * @param known its rules as they are
     */
    public List<Rule> hiding(Set<IpFamily> families, List<String> trusted, List<Rule> known) {
        String bridge = result.interfaces().get(0).name();
        List<IpPrefix> addresses =
                result.addresses().stream().map(CniAddress::address).toList();
        List<Rule> rules = new ArrayList<>(known);
        rules.removeAll(BridgeRules.hiding(bridge, trusted, addresses));
        rules.addAll(BridgeRules.hiding(
                bridge,
                trusted,
                addresses.stream()
                        .filter(address -> families.contains(address.family()))
                        .toList()));
        return List.copyOf(rules);
    }

    /** Keeps it apart from other ports that are kept so, or not; one that is gone is fine. */
    public static void isolate(Host host, VethTrace pair, boolean isolated) {
        host.route()
                .links()
                .byName(pair.hostName())
                .filter(link -> link.mac().filter(pair.hostMac()::equals).isPresent())
                .map(Link::index)
                .filter(index ->
                        host.route().ports().flags(index).stream().anyMatch(flags -> flags.isolated() != isolated))
                .ifPresent(index -> host.route().links().setIsolated(index, isolated));
    }
}
