package io.netd.plugins.bridge;

import io.netd.address.IpPrefix;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniAddress;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules one attachment needs. Those of the whole network are among them: the kernel holds equal rules once, so they
 * come with the first attachment and go with the last.
 */
final class BridgeRules {
    private BridgeRules() {}

    static Owner owner(AttachmentId attachment) {
        return new Owner("attachment/" + attachment + "/bridge");
    }

    static List<Rule> of(BridgeConfig config, Layout layout) {
        List<IpPrefix> addresses =
                layout.addresses().stream().map(CniAddress::address).toList();
        List<Rule> rules = new ArrayList<>();
        String link = config.gatewayLink();
        if (config.protect()) {
            rules.addAll(NetworkRules.protect(new BridgeNetwork(link, addresses, config.ipMasq())));
        } else if (config.ipMasq()) {
            addresses.forEach(address -> rules.add(NetworkRules.masquerade(address, link)));
        }
        rules.addAll(hiding(
                link,
                config.trusted(),
                addresses.stream()
                        .filter(address -> config.protect() || config.hidden().contains(address.family()))
                        .toList()));
        return rules.stream().map(rule -> placed(config, rule)).distinct().toList();
    }

    /** Those that keep everybody but the bridge and trusted interfaces from a container's own addresses. */
    static List<Rule> hiding(String link, List<String> trusted, List<IpPrefix> addresses) {
        return addresses.stream()
                .flatMap(address -> NetworkRules.directAccessBlock(address, link, trusted).stream())
                .toList();
    }

    private static Rule placed(BridgeConfig config, Rule rule) {
        return rule.table() == Table.NAT ? rule.in(config.masquerading()) : rule;
    }
}
