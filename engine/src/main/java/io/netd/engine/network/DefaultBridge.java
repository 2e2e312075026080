package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.plugins.firewall.BridgeZone;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * The default network's bridge: decided once, written down, then made; made good again at each
 * start. A link of that name which is not ours is never taken over silently. One thread at a time.
 */
final class DefaultBridge {
    /** The network's name. */
    static final String NAME = "bridge";

    private static final Logger LOG = System.getLogger(DefaultBridge.class.getName());
    private static final Owner OWNER = new Owner("network/" + NAME);
    private static final String IP_FORWARD = "net/ipv4/ip_forward";

    private final NetworkStore store;
    private final BridgeSettings settings;
    private final Host host;

    DefaultBridge(NetworkStore store, BridgeSettings settings, Host host) {
        this.store = store;
        this.settings = settings;
        this.host = host;
    }

    /** Whether what was decided earlier is still what is wanted. */
    boolean isWanted(BridgeRecord record) {
        return record.bridge().equals(settings.bridge())
                && settings.bip().map(record.gateway()::equals).orElse(true)
                && (settings.mtu().isEmpty() || settings.mtu().getAsInt() == record.mtu());
    }

    /** Makes the bridge what it should be; what was decided. */
    BridgeRecord ensure() {
        BridgeRecord record = store.find(host.key(), NAME).orElseGet(this::decide);
        Link link = link(record);
        ensureAddress(record, link);
        host.route().links().setUp(link.index());
        host.settings().ensure(IP_FORWARD, "1");
        return ensureRules(record);
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

    private BridgeRecord decide() {
        Optional<Link> present = links().byName(settings.bridge());
        present.ifPresent(this::requireAdoptable);
        Surroundings around = new Surroundings(host);
        IpPrefix gateway = present.flatMap(this::addressOf)
                .or(settings::bip)
                .orElseGet(() -> firstOf(
                        new SubnetChoice(settings.pools(), around.onLink(settings.bridge()), around.nameservers())
                                .choose()));
        BridgeRecord record = new BridgeRecord(
                BridgeRecord.FORMAT,
                NAME,
                host.key(),
                settings.bridge(),
                gateway,
                present.flatMap(Link::mac).orElseGet(MacAddress::randomLocal),
                present.map(Link::mtu).orElseGet(() -> settings.mtu().orElseGet(around::uplinkMtu)),
                present.isPresent(),
                List.of());
        store.write(record);
        return record;
    }

    private void requireAdoptable(Link present) {
        if (!settings.adopt() || !present.kind().equals("bridge")) {
            throw new NetworkException("link " + present.name() + " exists already and netd did not make it: "
                    + "start netd with --bridge NAME to use another name"
                    + (present.kind().equals("bridge") ? ", or with --adopt-bridge to use it as it is" : ""));
        }
    }

    private Optional<IpPrefix> addressOf(Link link) {
        return host.route().addresses().list(link.index()).stream()
                .map(held -> held.prefix())
                .filter(prefix -> prefix.family() == IpFamily.IPV4)
                .findFirst();
    }

    private static IpPrefix firstOf(IpPrefix subnet) {
        return new IpPrefix(subnet.address().plus(1), subnet.length());
    }

    private Link link(BridgeRecord record) {
        Optional<Link> present = links().byName(record.bridge());
        if (present.isPresent()) {
            if (present.get().mac().filter(record.mac()::equals).isEmpty()) {
                throw new NetworkException("link " + record.bridge()
                        + " is not the one that netd made: start netd with --bridge NAME to use another name,"
                        + " or remove the link");
            }
            return present.get();
        }
        return links().addBridge(record.bridge(), Optional.of(record.mac()), record.mtu());
    }

    private void ensureAddress(BridgeRecord record, Link link) {
        host.route().addresses().add(link.index(), record.gateway(), 0);
    }

    private BridgeRecord ensureRules(BridgeRecord record) {
        if (!settings.rules()) {
            return record;
        }
        BridgeNetwork network = new BridgeNetwork(record.bridge(), List.of(record.subnet()), true);
        RulesTrace rules = new RulesTrace(OWNER, NetworkRules.protect(network))
                .on(host.firewall().usual());
        BridgeZone zone = new BridgeZone(record.bridge());
        BridgeRecord known = record.without(RulesTrace.class)
                .without(BridgeZone.class)
                .leaving(zone)
                .leaving(rules);
        if (!known.equals(record)) {
            store.write(known);
        }
        rules.apply(host);
        enter(zone);
        return known;
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
