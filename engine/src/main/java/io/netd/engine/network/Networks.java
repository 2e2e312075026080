package io.netd.engine.network;

import io.netd.address.IpPrefix;
import io.netd.engine.event.Addresses;
import io.netd.engine.event.Events;
import io.netd.engine.event.NetworkChange;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Origin;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.runtime.NetworkMode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * netd's own networks: bridge, host and none, and those that users define. What changes them runs on one worker at a time;
 * everything else may be asked from any thread.
 */
public final class Networks {
    private static final Logger LOG = System.getLogger(Networks.class.getName());
    private static final int VERSION = 1;
    private static final int SHORT_ID = 12;

    private final NetworkStore store;
    private final BridgeSettings settings;
    private final Journal journal;
    private final Events events;
    private final UserNetworks users;
    private final NetworkUse use = new NetworkUse();

    /** Announces to {@code events} what it has done. */
    public Networks(NetworkFiles files, BridgeSettings settings, Journal journal, Events events, Clock clock) {
        this.store = files.made();
        this.settings = settings;
        this.journal = journal;
        this.events = events;
        this.users = new UserNetworks(files, settings, clock);
    }

    /**
     * Makes the networks what settings and definitions say. A default network that was decided otherwise earlier is made
     * anew while nothing hangs on it.
     */
    public void ensure(OpenHost host) {
        users.unfinished(host.key()).forEach(record -> finish(host, record));
        DefaultBridge bridge = new DefaultBridge(store, settings, users.subnets(), host);
        Optional<BridgeRecord> known = store.find(host.key(), DefaultBridge.NAME);
        known.filter(record -> !bridge.isWanted(record)).ifPresent(record -> replace(host, record));
        BridgeRecord made = bridge.ensure();
        if (known.filter(made::isSameNetwork).isEmpty()) {
            announce(Addresses.NETWORK_CREATED, made);
        }
        users.ensure(host);
    }

    /** Has containers that are connected already reached as the settings say now; the networks are to stand. */
    public void adapt(OpenHost host) {
        new StandingContainers(this, settings, journal, host).adapt();
    }

    /** Makes a network that a user defines. */
    public NetworkView create(OpenHost host, NetworkRequest request) {
        NetworkDefinition made = users.create(host, request);
        announce(Addresses.NETWORK_CREATED, made.record(host.key()));
        return NetworkView.of(made);
    }

    /**
     * Removes a network that a user defined.
     *
     * @throws NetworkException in Docker's words while something is connected to it
     */
    public void remove(OpenHost host, String name) {
        if (NetworkRequest.isPredefined(name)) {
            throw new NetworkException(name + " is a pre-defined network and cannot be removed");
        }
        NetworkDefinition definition = users.find(name).orElseThrow(() -> missing(name));
        if (!use.go(name)) {
            throw new NetworkException(inUse(name) + "a container is being connected)");
        }
        try {
            BridgeRecord record = definition.record(host.key());
            requireUnused(host.key(), record);
            users.remove(host, definition);
            announce(Addresses.NETWORK_REMOVED, record);
        } finally {
            use.gone(name);
        }
    }

    /** The rules that the networks of a host left. */
    public Stream<RulesTrace> rules(HostKey host) {
        return store.rules(host);
    }

    /** Removes the networks of a host and everything that was changed for them. */
    public void removeAll(OpenHost host) {
        for (NetworkDefinition definition : users.all()) {
            users.remove(host, definition);
            announce(Addresses.NETWORK_REMOVED, definition.record(host.key()));
        }
        for (BridgeRecord record : store.of(host.key())) {
            new NetworkBridge(store, host).remove(record);
            announce(Addresses.NETWORK_REMOVED, record);
        }
    }

    /** The networks of a host, by name. */
    public List<NetworkView> list(HostKey host) {
        List<NetworkView> views = new ArrayList<>();
        store.find(host, DefaultBridge.NAME).ifPresent(record -> views.add(NetworkView.ofDefault(record, settings)));
        views.add(NetworkView.plain("host", "host"));
        views.add(NetworkView.plain("none", "null"));
        users.all().forEach(definition -> views.add(NetworkView.of(definition)));
        views.sort(Comparator.comparing(NetworkView::name));
        return List.copyOf(views);
    }

    /**
     * Refuses in Docker's words addresses that containers of a network cannot have.
     *
     * @throws IllegalArgumentException saying why
     */
    public void requireAddresses(HostKey host, NetworkMode mode, WantedAddresses wanted) {
        List<IpPrefix> subnets = mode instanceof NetworkMode.Own own
                ? store.find(host, own.network()).map(BridgeRecord::subnets).orElse(List.of())
                : List.of();
        wanted.requireIn(mode.text(), users.find(mode.text()).isPresent(), subnets);
    }

    /** Which container of netd's own has one of these addresses, in words. */
    Optional<String> holder(HostKey host, WantedAddresses addresses) {
        return journal.of(host).stream()
                .filter(attachment -> attachment.origin().maker().equals(Origin.NETD))
                .flatMap(attachment -> attachment.result().addresses().stream()
                        .map(given -> given.address().address())
                        .filter(addresses.addresses()::contains)
                        .map(address ->
                                address + " is container " + attachment.origin().label() + "'s"))
                .findFirst();
    }

    NetworkUse use() {
        return use;
    }

    /** A bridge network that stands. */
    MadeNetwork made(HostKey host, String name) {
        users.complaint(name).ifPresent(reason -> {
            throw new NetworkException("network " + name + " is not there: " + reason);
        });
        BridgeRecord record = store.find(host, name).orElseThrow(() -> missing(name));
        return users.find(name)
                .map(definition -> new MadeNetwork(
                        record,
                        definition.rules(settings.access()),
                        definition.settings().binding()))
                .orElseGet(() ->
                        new MadeNetwork(record, DefaultBridge.rules(record, settings.access()), settings.binding()));
    }

    static NetworkException missing(String name) {
        return new NetworkException("network " + name + " not found");
    }

    /** Where the definitions have been lost, containers may still hang on the bridge. */
    private void finish(OpenHost host, BridgeRecord record) {
        if (users(host.key(), record).isEmpty()) {
            new NetworkBridge(store, host).remove(record);
        } else {
            LOG.log(
                    Level.WARNING,
                    "network " + record.name() + " is not defined, but " + record.bridge() + " is in use");
        }
    }

    private void requireUnused(HostKey host, BridgeRecord record) {
        List<Attachment> present = users(host, record);
        if (!present.isEmpty()) {
            String endpoints = present.stream()
                    .map(attachment -> "name:\"" + attachment.origin().label() + "\" id:\""
                            + shortened(attachment.container().value()) + "\"")
                    .collect(Collectors.joining(", "));
            throw new NetworkException(inUse(record.name()) + endpoints + ")");
        }
    }

    private static String inUse(String name) {
        return "error while removing network: network " + name + " has active endpoints (";
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** What is connected to a network by netd itself, or to its bridge by another runtime. */
    private List<Attachment> users(HostKey host, BridgeRecord network) {
        return journal.of(host).stream()
                .filter(attachment -> isNetds(attachment, network) || isOn(attachment, network.bridge()))
                .toList();
    }

    private static boolean isNetds(Attachment attachment, BridgeRecord network) {
        return attachment.origin().maker().equals(Origin.NETD)
                && attachment.entries().stream()
                        .anyMatch(entry -> entry.network().value().equals(network.name()));
    }

    private static boolean isOn(Attachment attachment, String bridge) {
        return attachment.result().interfaces().stream()
                .anyMatch(link -> link.sandbox().isEmpty() && link.name().equals(bridge));
    }

    private void replace(OpenHost host, BridgeRecord record) {
        List<Attachment> present = users(host.key(), record);
        if (!present.isEmpty()) {
            throw new NetworkException("network " + record.name() + " is on " + record.bridge() + " with "
                    + record.gateways() + ", MTU " + record.mtu() + ", and has " + present.size()
                    + " containers: stop them before it can be changed");
        }
        new NetworkBridge(store, host).remove(record);
        announce(Addresses.NETWORK_REMOVED, record);
    }

    private void announce(String address, BridgeRecord record) {
        events.announce(
                address,
                record.name(),
                new NetworkChange(
                        VERSION,
                        record.name(),
                        record.bridge(),
                        record.gateway().network().toString(),
                        record.gateway6()
                                .map(gateway -> gateway.network().toString())
                                .orElse("")));
    }
}
