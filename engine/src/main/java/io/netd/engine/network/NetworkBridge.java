package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.GatewayMode;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.firewall.BridgeZone;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.pair.Forwarding;
import io.netd.plugins.spi.pair.Ipv6Settings;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publishing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The deeds for a network that is written down: its bridge is made, or made good, or taken away. A link of that name which
 * is not ours is never taken over. One thread at a time.
 */
final class NetworkBridge {
    private static final Logger LOG = System.getLogger(NetworkBridge.class.getName());

    private final NetworkStore store;
    private final Host host;

    NetworkBridge(NetworkStore store, Host host) {
        this.store = store;
        this.host = host;
    }

    /**
     * Makes the bridge what it should be; what is written down by then.
     *
     * @param rules what its rules depend on
     * @param hasRules whether there are to be any
     * @throws NetworkException when the name is another link's
     */
    BridgeRecord ensure(BridgeRecord record, BridgeNetwork rules, boolean hasRules) {
        Link link = links().byName(record.bridge())
                .map(present -> requireOurs(record, present))
                .orElseGet(() -> make(record));
        record.gateway6().ifPresent(gateway -> Ipv6Settings.enable(host, record.bridge()));
        record.gateways().stream()
                .filter(gateway -> rules.mode(gateway.family()) != GatewayMode.ISOLATED)
                .forEach(gateway -> bear(link, gateway));
        links().setUp(link.index());
        if (!rules.internal()) {
            record.gateways().forEach(gateway -> host.settings().ensure(Forwarding.key(gateway.family()), "1"));
        }
        return hasRules ? ensureRules(record, rules) : record;
    }

    /** Takes everything back, in reverse. */
    void remove(BridgeRecord record) {
        List<Trace> traces = record.traces();
        for (int i = traces.size() - 1; i >= 0; i--) {
            traces.get(i).revert(host);
        }
        if (!record.adopted()) {
            host.links().remove(record.bridge(), record.mac());
        }
        store.remove(record);
    }

    private static Link requireOurs(BridgeRecord record, Link present) {
        if (present.mac().filter(record.mac()::equals).isEmpty()) {
            throw new NetworkException("link " + record.bridge() + " is not the one that netd made: "
                    + (record.name().equals(DefaultBridge.NAME)
                            ? "start netd with --bridge NAME to use another name, or remove the link"
                            : "remove the link, or network " + record.name()));
        }
        return present;
    }

    private Link make(BridgeRecord record) {
        Link made = links().addBridge(record.bridge(), Optional.of(record.mac()), record.mtu());
        Ipv6Settings.ignoreAdvertisements(host, record.bridge());
        Ipv6Settings.trustOwnAddress(host, record.bridge());
        return made;
    }

    /** Nobody else can have a gateway's address yet, and until the kernel has made sure it would not answer for it. */
    private void bear(Link link, IpPrefix gateway) {
        int flags = gateway.family() == IpFamily.IPV6 ? Rtnetlink.IFA_F_NODAD : 0;
        host.route().addresses().add(link.index(), gateway, flags);
    }

    private BridgeRecord ensureRules(BridgeRecord record, BridgeNetwork network) {
        RulesTrace rules = new RulesTrace(new Owner("network/" + record.name()), rules(network))
                .on(host.firewall().usual());
        BridgeZone zone = new BridgeZone(record.bridge());
        BridgeRecord known = record.without(RulesTrace.class)
                .without(BridgeZone.class)
                .leaving(zone)
                .leaving(rules);
        if (!known.equals(record)) {
            store.write(known);
        }
        if (record.traces().stream().anyMatch(RulesTrace.class::isInstance)) {
            rules.apply(host);
        } else {
            // Nothing is known of them, and yet they may stand: what /run held may be lost.
            host.firewall().restore(Map.of(rules.owner(), rules.rules()));
        }
        enter(zone);
        return known;
    }

    /** With what published ports share where there may be some: the first one is no dearer than the next. */
    private static List<Rule> rules(BridgeNetwork network) {
        Stream<Rule> shared = network.subnets().stream()
                .filter(subnet -> network.isPublishedByNat(subnet.family()))
                .flatMap(subnet -> PortmapRules.shared(network.bridge(), subnet, Publishing.PROTECTED).stream());
        return Stream.concat(NetworkRules.protect(network).stream(), shared)
                .distinct()
                .toList();
    }

    /** Without it containers are cut off where firewalld runs; that is no reason to start none. */
    private void enter(BridgeZone zone) {
        try {
            zone.repair(host);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "put " + zone.bridge() + " into a zone of firewalld: " + e.getMessage());
        }
    }

    private Links links() {
        return host.route().links();
    }
}
