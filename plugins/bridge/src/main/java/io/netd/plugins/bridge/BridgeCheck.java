package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.CniAddress;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Rule;
import io.netd.firewall.ether.SourceCheck;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.PortFlags;
import io.netd.netlink.route.PortVlan;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.Host;
import java.util.List;
import java.util.Optional;

/** CHECK: the result's interfaces and addresses, and the rules they need, against the kernel's. */
record BridgeCheck(BridgeConfig config, CheckRequest request, Host host) {
    void run() {
        Link bridge = require(hostLinks().byName(config.bridge()), "bridge " + config.bridge() + " is missing");
        Link inside = require(
                request.sandbox().route().links().byName(ifName()),
                ifName() + " is missing in " + request.sandbox().path());
        Link outside = require(hostLinks().byIndex(inside.peerIndex()), "the host end of " + ifName() + " is missing");
        requireThat(outside.masterIndex() == bridge.index(), outside.name() + " is not on bridge " + config.bridge());
        requireThat(inside.up() || config.inside().isDisabled(), ifName() + " is down");
        requirePort(outside);
        requireSourceCheck(inside, outside);
        requireThat(bridge.promiscuous() || !config.promiscMode(), bridge.name() + " is not promiscuous");
        requireThat(bridge.up() && outside.up(), "bridge " + config.bridge() + " or its port is down");
        request.ownMac()
                .ifPresent(mac -> requireThat(
                        inside.mac().equals(Optional.of(mac)),
                        ifName() + " has hardware address " + text(inside) + ", not " + mac));
        Layout layout = Layout.of(config, request.ownAddresses(), List.of());
        requireAddresses(inside, layout);
        List<Rule> missing = host.firewall().missing(BridgeRules.of(config, layout));
        requireThat(missing.isEmpty(), "rules are missing: " + missing);
    }

    private void requirePort(Link port) {
        PortFlags flags = host.route().ports().flags(port.index()).orElse(PortFlags.NONE);
        PortFlags wanted = config.port().flags();
        requireThat(flags.hairpin() || !wanted.hairpin(), "hairpin mode of " + port.name() + " is off");
        requireThat(flags.isolated() || !wanted.isolated(), port.name() + " is not isolated");
        if (config.port().usesVlans()) {
            List<PortVlan> missing = new VlanPort(config.port(), host).missing(port.index());
            requireThat(missing.isEmpty(), port.name() + " is not in its VLANs: " + missing);
        }
    }

    private void requireSourceCheck(Link inside, Link outside) {
        if (config.port().checksSource()) {
            MacAddress mac = inside.mac().orElseThrow(() -> failure(ifName() + " has no hardware address"));
            String id = SourceCheckTrace.id(request.attachment());
            requireThat(
                    SourceCheckTrace.checks(host).isWhole(new SourceCheck(id, outside.name(), mac)),
                    "rules are missing that let nothing but " + mac + " come from " + outside.name());
        }
    }

    private void requireAddresses(Link inside, Layout layout) {
        int bearer = hostLinks().indexOf(config.gatewayLink()).orElse(0);
        for (CniAddress address : layout.addresses()) {
            requireThat(
                    request.sandbox().route().addresses().list(inside.index()).stream()
                            .anyMatch(held -> held.prefix().equals(address.address())),
                    ifName() + " lacks " + address.address());
        }
        layout.gateways()
                .forEach(gateway -> requireThat(
                        host.route().addresses().list(bearer).stream()
                                .anyMatch(held -> held.prefix().equals(gateway)),
                        config.gatewayLink() + " lacks " + gateway));
    }

    private static String text(Link link) {
        return link.mac().map(Object::toString).orElse("none");
    }

    private Links hostLinks() {
        return host.route().links();
    }

    private String ifName() {
        return request.ifName().value();
    }

    private static Link require(Optional<Link> link, String fault) {
        return link.orElseThrow(() -> failure(fault));
    }

    private static void requireThat(boolean condition, String fault) {
        if (!condition) {
            throw failure(fault);
        }
    }

    private static CniException failure(String fault) {
        return new CniException(ErrorCode.INTERNAL, "bridge: " + fault);
    }
}
