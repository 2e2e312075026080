package io.netd.engine.network;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.firewall.Admission;
import io.netd.firewall.BridgeNetwork;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.Host;
import java.util.List;
import java.util.Map;
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
    static BridgeNetwork rules(BridgeRecord record, BridgeAccess access) {
        return new BridgeNetwork(
                record.bridge(),
                record.subnets(),
                access.masquerade(),
                access.icc(),
                false,
                Map.of(),
                Map.of(),
                new Admission(List.of(), access.accepted()));
    }

    /** Whether what was decided earlier is still what is wanted. */
    boolean isWanted(BridgeRecord record) {
        return record.bridge().equals(settings.bridge())
                && settings.bip().map(record.gateway()::equals).orElse(true)
                && isWanted6(record)
                && (settings.mtu().isEmpty() || settings.mtu().getAsInt() == record.mtu());
    }

    private boolean isWanted6(BridgeRecord record) {
        Optional<IpPrefix> subnet = record.gateway6().map(IpPrefix::network);
        return settings.ipv6() == subnet.isPresent()
                && (record.adopted()
                        || !settings.ipv6()
                        || settings.subnet6()
                                .map(wanted -> wanted.equals(subnet.get()))
                                .orElse(true));
    }

    /** Makes the bridge what it should be; what was decided. */
    BridgeRecord ensure() {
        BridgeRecord record = store.find(host.key(), NAME).orElseGet(this::decide);
        return new NetworkBridge(store, host).ensure(record, rules(record, settings.access()), settings.rules());
    }

    private BridgeRecord decide() {
        Optional<Link> present = host.route().links().byName(settings.bridge());
        present.ifPresent(this::requireAdoptable);
        Surroundings around = new Surroundings(host);
        IpPrefix gateway = present.flatMap(link -> addressOf(link, IpFamily.IPV4))
                .or(settings::bip)
                .orElseGet(() -> firstOf(choice(around)));
        Optional<IpPrefix> gateway6 = settings.ipv6() ? Optional.of(gateway6(present, around)) : Optional.empty();
        BridgeRecord record = new BridgeRecord(
                BridgeRecord.FORMAT,
                NAME,
                host.key(),
                settings.bridge(),
                gateway,
                gateway6,
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

    /** A bridge that somebody else made keeps the addresses that it was given, and gets no others. */
    private IpPrefix gateway6(Optional<Link> present, Surroundings around) {
        return present.map(link -> addressOf(link, IpFamily.IPV6)
                        .orElseThrow(() -> new NetworkException("link " + link.name()
                                + " has no IPv6 address that containers could use as gateway: give it one")))
                .orElseGet(() -> firstOf(settings.subnet6().orElseGet(() -> choice6(around))));
    }

    private IpPrefix choice6(Surroundings around) {
        List<IpPrefix> avoided =
                Stream.concat(around.onLink().stream(), taken.stream()).toList();
        return new SubnetChoice(settings.pools(), avoided, around.nameservers())
                .first(UniqueLocal.of(around.machineId()).subnets())
                .orElseThrow(() -> new NetworkException("every IPv6 subnet of this host's own is in use"));
    }

    private void requireAdoptable(Link present) {
        if (!settings.adopt() || !present.kind().equals("bridge")) {
            throw new NetworkException("link " + present.name() + " exists already and netd did not make it: "
                    + "start netd with --bridge NAME to use another name"
                    + (present.kind().equals("bridge") ? ", or with --adopt-bridge to use it as it is" : ""));
        }
    }

    private Optional<IpPrefix> addressOf(Link link, IpFamily family) {
        return host.route().addresses().list(link.index()).stream()
                .map(held -> held.prefix())
                .filter(prefix -> prefix.family() == family && !isLinkLocal6(prefix))
                .findFirst();
    }

    private static boolean isLinkLocal6(IpPrefix prefix) {
        return prefix.family() == IpFamily.IPV6 && prefix.address().isLinkLocal();
    }

    private static IpPrefix firstOf(IpPrefix subnet) {
        return new IpPrefix(subnet.address().plus(1), subnet.length());
    }
}
