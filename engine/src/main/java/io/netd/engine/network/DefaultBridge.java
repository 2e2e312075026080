package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.firewall.BridgeNetwork;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The default network's bridge: decided once, written down, then made; made good again at each
 * start. A link of that name which is not ours is never taken over silently. One thread at a time.
 */
final class DefaultBridge {
    /** The network's name. */
    static final String NAME = "bridge";

    private final NetworkStore store;
    private final BridgeSettings settings;
    private final List<IpPrefix> taken;
    private final Host host;

    /**
     * On a host.
     *
     * @param taken subnets of other networks, whether those stand already or not
     */
    DefaultBridge(NetworkStore store, BridgeSettings settings, List<IpPrefix> taken, Host host) {
        this.store = store;
        this.settings = settings;
        this.taken = List.copyOf(taken);
        this.host = host;
    }

    /** What its rules depend on. */
    static BridgeNetwork rules(BridgeRecord record) {
        return new BridgeNetwork(record.bridge(), record.subnets(), true);
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
        return new NetworkBridge(store, host).ensure(record, rules(record), settings.rules());
    }

    private BridgeRecord decide() {
        Optional<Link> present = host.route().links().byName(settings.bridge());
        present.ifPresent(this::requireAdoptable);
        Surroundings around = new Surroundings(host);
        IpPrefix gateway = present.flatMap(this::addressOf).or(settings::bip).orElseGet(() -> firstOf(choice(around)));
        BridgeRecord record = new BridgeRecord(
                BridgeRecord.FORMAT,
                NAME,
                host.key(),
                settings.bridge(),
                gateway,
                Optional.empty(),
                present.flatMap(Link::mac).orElseGet(MacAddress::randomLocal),
                present.map(Link::mtu).orElseGet(() -> settings.mtu().orElseGet(around::uplinkMtu)),
                present.isPresent(),
                List.of());
        store.write(record);
        return record;
    }

    private IpPrefix choice(Surroundings around) {
        List<IpPrefix> avoided = Stream.concat(around.onLink(settings.bridge()).stream(), taken.stream())
                .toList();
        return new SubnetChoice(settings.pools(), avoided, around.nameservers()).choose();
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
}
