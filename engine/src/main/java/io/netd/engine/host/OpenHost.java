package io.netd.engine.host;

import io.netd.address.MacAddress;
import io.netd.cni.NetworkName;
import io.netd.engine.host.HostRef.Caller;
import io.netd.firewall.Ledger;
import io.netd.ipam.HostLocalStore;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.conntrack.Conntrack;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.BridgeUsers;
import io.netd.plugins.spi.CallingProgram;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.HostSettings;
import io.netd.plugins.spi.LinkRemoval;
import io.netd.portmap.PortReservations;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The host of one request, on one kernel worker. */
public final class OpenHost implements Host, AutoCloseable {
    private final HostKey key;
    private final boolean daemons;
    private final NetworkNamespace namespace;
    private final HostState state;
    private final Sockets sockets;
    private final CallingProgram caller;
    private final Paths paths;
    private final PortReservations ports;
    private final Containers containers;
    private final Hosts hosts;

    OpenHost(Hosts hosts, HostKey key, NetworkNamespace namespace, HostRef ref) {
        this.hosts = hosts;
        this.key = key;
        this.daemons = hosts.isOwn(namespace);
        this.namespace = namespace;
        this.state = hosts.acquire(key);
        this.sockets = hosts.sockets(namespace);
        this.caller = ref.asker().program();
        this.paths = new Paths(ref.caller().map(Caller::root));
        this.ports = hosts.ports(namespace, state);
        this.containers = hosts.containers();
        state.enter(namespace);
    }

    @Override
    public HostKey key() {
        return key;
    }

    @Override
    public boolean isDaemons() {
        return daemons;
    }

    @Override
    public NetworkNamespace namespace() {
        return namespace;
    }

    @Override
    public RouteSocket route() {
        return sockets.route();
    }

    @Override
    public Optional<LinkState> link(String name) {
        return daemons ? hosts.links().find(name, route()) : route().state(name);
    }

    @Override
    public Ledger firewall() {
        return state.ledger();
    }

    @Override
    public PortReservations ports() {
        return ports;
    }

    @Override
    public Conntrack conntrack() {
        return sockets.conntrack();
    }

    @Override
    public CallingProgram caller() {
        return caller;
    }

    @Override
    public RootDirectory root() {
        return paths.root();
    }

    @Override
    public Path path(Path absolute) {
        return paths.resolve(absolute);
    }

    @Override
    public HostLocalStore leases(Path dataDir, NetworkName network) {
        return hosts.leases().open(path(dataDir), network);
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public HostSettings settings() {
        return (key, value) -> hosts.set(namespace, key, value);
    }

    @Override
    public LinkRemoval links() {
        return this::remove;
    }

    @Override
    public BridgeUsers bridgeUsers() {
        return state.bridgeUsers();
    }

    @Override
    public <T> T alone(String name, Supplier<T> body) {
        return state.locks().alone(name, body);
    }

    @Override
    public <T> T waiting(Supplier<T> body) {
        return hosts.workers().lending(body);
    }

    /** Closes everything that was opened for the request; the caller's files stay the reference's to close. */
    @Override
    public void close() {
        hosts.done(namespace, sockets);
        paths.close();
        state.leave();
        hosts.release(key);
    }

    private void remove(String name, MacAddress mac) {
        Links links = route().links();
        links.byName(name)
                .filter(link -> link.mac().filter(mac::equals).isPresent())
                .ifPresent(link -> state.batches().delete(link.index(), links));
    }
}
