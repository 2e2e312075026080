package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.pair.Forwarding;
import java.util.List;
import java.util.Optional;

/** STATUS: whether the bridge can take one more, and still is what its containers need. */
record BridgeStatus(BridgeConfig config, Host host) {
    /** Ports are numbered by ten bits, and 0 is none. */
    private static final int MOST_PORTS = 1023;

    /** That there is a place for the next container, and a way to its rules. */
    void requireRoom() {
        if (config.ipMasq() || config.protect()) {
            host.firewall().requireReachable(config.masquerading());
        }
        Optional<Link> bridge = host.link(config.bridge()).map(LinkState::link);
        if (bridge.isEmpty()) {
            return;
        }
        if (!bridge.get().kind().equals("bridge")) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE, "bridge: \"" + config.bridge() + "\" already exists but is not a bridge");
        }
        if (host.route().ports().count(bridge.get().index()) >= MOST_PORTS) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "bridge " + config.bridge() + " has " + MOST_PORTS + " ports, as many as a bridge can have");
        }
    }

    /** That the bridge is there with all that its containers need of it. */
    void requireIntact(List<CniResult> attached) {
        requireUp(config.bridge());
        List<IpPrefix> gateways = attached.stream()
                .map(result -> Layout.of(config, result.addresses(), List.of()))
                .flatMap(layout -> layout.gateways().stream())
                .distinct()
                .toList();
        if (gateways.isEmpty()) {
            return;
        }
        LinkState bearer = requireUp(config.gatewayLink());
        for (IpPrefix gateway : gateways) {
            if (bearer.addresses().stream().noneMatch(held -> held.prefix().equals(gateway))) {
                throw broken(config.gatewayLink() + " lacks " + gateway);
            }
        }
        requireForwarding(gateways);
    }

    private LinkState requireUp(String name) {
        LinkState state = host.link(name)
                .filter(found ->
                        !name.equals(config.bridge()) || found.link().kind().equals("bridge"))
                .orElseThrow(() -> broken(name + " is missing"));
        if (!state.link().up()) {
            throw broken(name + " is down");
        }
        return state;
    }

    private void requireForwarding(List<IpPrefix> gateways) {
        for (IpFamily family : IpFamily.values()) {
            boolean isServed = gateways.stream().anyMatch(gateway -> gateway.family() == family);
            String key = Forwarding.key(family);
            if (isServed && host.namespace().call(() -> Sysctl.isOff(key))) {
                throw broken("cannot forward: " + key + " is 0");
            }
        }
    }

    private static CniException broken(String fault) {
        return new CniException(ErrorCode.NOT_AVAILABLE_LIMITED, "bridge " + fault);
    }
}
