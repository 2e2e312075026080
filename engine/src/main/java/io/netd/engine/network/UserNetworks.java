package io.netd.engine.network;

import io.netd.address.IpPrefix;
import io.netd.engine.journal.Folder;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.HostKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The networks that users defined. One is there when its definition is written: what is found without one is of a making
 * that broke off. One thread at a time changes them.
 */
final class UserNetworks {
    private static final Logger LOG = System.getLogger(UserNetworks.class.getName());

    private final DefinitionStore definitions;
    private final NetworkStore store;
    private final BridgeSettings settings;
    private final Path leases;
    private final Clock clock;
    private final Map<String, String> complaints = new ConcurrentHashMap<>();

    UserNetworks(NetworkFiles files, BridgeSettings settings, Clock clock) {
        this.definitions = files.defined();
        this.store = files.made();
        this.leases = files.leases();
        this.settings = settings;
        this.clock = clock;
    }

    /** All of them. */
    List<NetworkDefinition> all() {
        return definitions.all();
    }

    /** The network of that name. */
    Optional<NetworkDefinition> find(String name) {
        return definitions.find(name);
    }

    /** The subnets of all of them. */
    List<IpPrefix> subnets() {
        return definitions.all().stream()
                .flatMap(definition -> definition.subnets().stream())
                .toList();
    }

    /** Makes a network and writes it down, or leaves nothing behind. */
    NetworkDefinition create(Host host, NetworkRequest request) {
        if (definitions.find(request.name()).isPresent()) {
            throw new NetworkException("network with name " + request.name() + " already exists");
        }
        List<IpPrefix> taken = Stream.concat(
                        subnets().stream(), store.of(host.key()).stream().flatMap(record -> record.subnets().stream()))
                .toList();
        NetworkDefinition definition = new NewNetwork(settings, taken, clock, host).of(request);
        BridgeRecord record = definition.record(host.key());
        store.write(record);
        try {
            make(host, definition, record);
            definitions.write(definition);
            return definition;
        } catch (RuntimeException | Error e) {
            undo(host, record, e);
            throw e;
        }
    }

    /** Makes every network good; one that cannot be is told in the log and keeps the others from nothing. */
    void ensure(Host host) {
        for (NetworkDefinition definition : definitions.all()) {
            try {
                BridgeRecord record = store.find(host.key(), definition.name())
                        .filter(definition.record(host.key())::isSameNetwork)
                        .orElseGet(() -> begin(host, definition));
                make(host, definition, record);
                complaints.remove(definition.name());
            } catch (RuntimeException e) {
                complaints.put(definition.name(), String.valueOf(e.getMessage()));
                LOG.log(Level.WARNING, "network " + definition.name() + " is not there: " + e.getMessage());
            }
        }
    }

    /** What was written down of bridges whose network never came to be. */
    List<BridgeRecord> unfinished(HostKey host) {
        return store.of(host).stream()
                .filter(record -> !record.name().equals(DefaultBridge.NAME)
                        && definitions.find(record.name()).isEmpty())
                .toList();
    }

    /** Why a network that is defined is not there. */
    Optional<String> complaint(String name) {
        return Optional.ofNullable(complaints.get(name));
    }

    /** Takes a network away, whatever is left of it. */
    void remove(Host host, NetworkDefinition definition) {
        BridgeRecord record = store.find(host.key(), definition.name()).orElseGet(() -> definition.record(host.key()));
        new NetworkBridge(store, host).remove(record);
        new Folder(leases.resolve(definition.name())).clear();
        definitions.remove(definition);
        complaints.remove(definition.name());
    }

    private BridgeRecord begin(Host host, NetworkDefinition definition) {
        BridgeRecord record = definition.record(host.key());
        store.write(record);
        return record;
    }

    private void make(Host host, NetworkDefinition definition, BridgeRecord record) {
        new NetworkBridge(store, host).ensure(record, definition.rules(settings.access()), settings.rules());
    }

    private void undo(Host host, BridgeRecord record, Throwable reason) {
        try {
            BridgeRecord left = store.find(host.key(), record.name()).orElse(record);
            new NetworkBridge(store, host).remove(left);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
