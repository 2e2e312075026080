package io.netd.engine.host;

import io.netd.engine.host.HostRef.Caller;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.work.KernelWorkers;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.ipam.LeaseStores;
import io.netd.linux.ns.NamespaceId;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.PortReservations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the hosts of requests. Our own keeps its sockets and bound ports for the engine's life; of
 * others nothing is kept open, only what is desired there is remembered while they have attachments.
 */
public final class Hosts implements AutoCloseable {
    private final Map<HostKey, HostState> states = new HashMap<>();
    private final NetworkNamespace own;
    private final HostKey ownKey;
    private final NamespaceId ownId;
    private final SocketPool pool;
    private final KnownLinks links;
    private final LeaseStores leases = new LeaseStores();
    private final KeptSettings settings;
    private final HostState ownState;
    private final PortReservations ownPorts;
    private final Journal journal;
    private final Function<HostKey, Map<Owner, List<Rule>>> networkRules;
    private final Backends backends;
    private final Containers containers;
    private final KernelWorkers workers;

    /**
     * For a process that lives in {@code own}, which is closed with this.
     *
     * @param networkRules rules that stand for networks, not for attachments
     * @param settings what was changed on it for good
     * @param workers what requests run on
     */
    public Hosts(
            NetworkNamespace own,
            Journal journal,
            Function<HostKey, Map<Owner, List<Rule>>> networkRules,
            KeptSettings settings,
            Backends backends,
            Containers containers,
            KernelWorkers workers) {
        this.own = own;
        this.ownKey = HostKey.of(own);
        this.ownId = own.id();
        this.pool = new SocketPool(own);
        this.links = new KnownLinks(own);
        this.journal = journal;
        this.networkRules = networkRules;
        this.settings = settings;
        this.backends = backends;
        this.containers = containers;
        this.workers = workers;
        this.ownState = acquire(ownKey);
        this.ownPorts = PortReservations.holding(ownState.table());
    }

    /** The key of our own host. */
    public HostKey ownKey() {
        return ownKey;
    }

    /** Tells hosts apart while a request lives; costs nothing. Any thread. */
    public NamespaceId id(HostRef ref) {
        return ref.caller().map(caller -> caller.namespace().id()).orElse(ownId);
    }

    /** Opens the host of a request, on the worker that will use it. */
    public OpenHost open(HostRef ref) {
        return ref.caller().isPresent() ? open(ref, ref.caller().get()) : new OpenHost(this, ownKey, own, ref);
    }

    /** Opens our own host. */
    public OpenHost openOwn() {
        return open(HostRef.own());
    }

    /** Closes our own sockets and lets go of the ports; rules and links stay. */
    @Override
    public void close() {
        pool.close();
        links.close();
        settings.close();
        ownPorts.close();
        ownState.ledger().close();
        own.close();
    }

    private OpenHost open(HostRef ref, Caller caller) {
        boolean isOwn = isOwn(caller.namespace());
        HostKey key = isOwn ? ownKey : HostKey.of(caller.namespace());
        return new OpenHost(this, key, isOwn ? own : caller.namespace(), ref);
    }

    boolean isOwn(NetworkNamespace namespace) {
        return namespace.id().equals(ownId);
    }

    KnownLinks links() {
        return links;
    }

    LeaseStores leases() {
        return leases;
    }

    /** Sets a sysctl; of a host that is not ours nobody will ask it back. */
    void set(NetworkNamespace namespace, String key, String value) {
        if (isOwn(namespace)) {
            settings.ensure(namespace, key, value);
        } else {
            namespace.run(() -> Sysctl.write(key, value));
        }
    }

    Containers containers() {
        return containers;
    }

    KernelWorkers workers() {
        return workers;
    }

    Sockets sockets(NetworkNamespace namespace) {
        return isOwn(namespace) ? pool.borrow() : new Sockets(namespace);
    }

    /** A request is done with its sockets; those of a host that is not ours would keep it alive. */
    void done(NetworkNamespace namespace, Sockets sockets) {
        if (isOwn(namespace)) {
            pool.giveBack(sockets);
        } else {
            sockets.close();
        }
    }

    /** The ports of our own host. */
    public PortReservations ownPorts() {
        return ownPorts;
    }

    PortReservations ports(NetworkNamespace namespace, HostState state) {
        return isOwn(namespace) ? ownPorts : PortReservations.probing(state.table(), namespace);
    }

    /** What is remembered of a host, or what its journal says. */
    synchronized HostState acquire(HostKey key) {
        HostState state = states.computeIfAbsent(key, this::remember);
        state.count(1);
        return state;
    }

    /** A request is over; a foreign host without attachments is forgotten with its last one. */
    synchronized void release(HostKey key) {
        if (states.get(key).count(-1) == 0 && journal.of(key).isEmpty()) {
            states.remove(key);
        }
    }

    private HostState remember(HostKey key) {
        HostState state = new HostState(backends, Optional.of(own).filter(namespace -> key.equals(ownKey)));
        List<Attachment> attachments = journal.of(key);
        Map<Owner, List<Rule>> rules = new LinkedHashMap<>(networkRules.apply(key));
        attachments.stream()
                .flatMap(attachment -> attachment.traces(RulesTrace.class))
                .forEach(trace -> rules.put(trace.owner(), trace.standing(backends.usual())));
        state.ledger().adopt(rules);
        attachments.stream()
                .flatMap(attachment -> attachment.traces(PortsTrace.class))
                .forEach(trace -> state.table().enter(trace.owner(), trace.reserved()));
        return state;
    }
}
