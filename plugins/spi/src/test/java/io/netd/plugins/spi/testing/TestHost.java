package io.netd.plugins.spi.testing;

import io.netd.cni.NetworkName;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.firewall.Ledger;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.firewall.nftables.NftablesBackends;
import io.netd.ipam.HostLocalStore;
import io.netd.ipam.LeaseStores;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sysctl.Sysctl;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.BridgeUsers;
import io.netd.plugins.spi.CallingProgram;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.HostSettings;
import io.netd.plugins.spi.JoinTarget;
import io.netd.plugins.spi.LinkRemoval;
import io.netd.portmap.PortReservations;
import io.netd.portmap.PortTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The throw-away host that a kernel test's JVM lives in. */
public final class TestHost implements Host, AutoCloseable {
    private final NetworkNamespace namespace = NetworkNamespace.current();
    private final RouteSocket route = RouteSocket.open();
    private final Ledger ledger = Ledger.of(
            Framework.IPTABLES,
            Map.of(
                    Framework.IPTABLES, IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, namespace),
                    Framework.NFTABLES, NftablesBackends.ofOwnNamespace(namespace)));
    private final PortReservations ports = PortReservations.holding(new PortTable());
    private final Conntrack conntrack = Conntrack.open();
    private final RootDirectory root = RootDirectory.ofHost();
    private final BridgeUsers bridgeUsers = new BridgeUsers();
    private final LeaseStores leases = new LeaseStores();
    private final Map<String, JoinTarget> containers = new HashMap<>();
    private CallingProgram caller = CallingProgram.NOBODY;

    /** Makes a container known under its name and id. */
    public void know(JoinTarget container) {
        containers.put(container.name(), container);
        containers.put(container.id(), container);
    }

    @Override
    public HostKey key() {
        return HostKey.of(namespace);
    }

    @Override
    public boolean isDaemons() {
        return true;
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace;
    }

    @Override
    public RouteSocket route() {
        return route;
    }

    @Override
    public Optional<LinkState> link(String name) {
        return route.state(name);
    }

    @Override
    public Ledger firewall() {
        return ledger;
    }

    @Override
    public PortReservations ports() {
        return ports;
    }

    @Override
    public Conntrack conntrack() {
        return conntrack;
    }

    /** Requests come from this program from now on. */
    public void calledBy(CallingProgram program) {
        caller = program;
    }

    @Override
    public CallingProgram caller() {
        return caller;
    }

    @Override
    public RootDirectory root() {
        return root;
    }

    @Override
    public Path path(Path absolute) {
        return absolute;
    }

    @Override
    public HostLocalStore leases(Path dataDir, NetworkName network) {
        return leases.open(dataDir, network);
    }

    @Override
    public Containers containers() {
        return nameOrId -> Optional.ofNullable(containers.get(nameOrId));
    }

    @Override
    public HostSettings settings() {
        return (key, value) -> namespace.run(() -> Sysctl.write(key, value));
    }

    @Override
    public LinkRemoval links() {
        return (name, mac) -> route.links()
                .byName(name)
                .filter(link -> link.mac().equals(Optional.of(mac)))
                .map(Link::index)
                .ifPresent(route.links()::delete);
    }

    @Override
    public BridgeUsers bridgeUsers() {
        return bridgeUsers;
    }

    @Override
    public synchronized <T> T alone(String name, Supplier<T> body) {
        return body.get();
    }

    @Override
    public void close() {
        ports.close();
        ledger.close();
        conntrack.close();
        route.close();
        root.close();
        namespace.close();
    }
}
