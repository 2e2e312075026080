package io.netd.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.engine.attach.Attachments;
import io.netd.engine.attach.Deaths;
import io.netd.engine.attach.Hops;
import io.netd.engine.attach.LivePorts;
import io.netd.engine.attach.Plugins;
import io.netd.engine.attach.Upkeep;
import io.netd.engine.event.Events;
import io.netd.engine.host.Backends;
import io.netd.engine.host.Hosts;
import io.netd.engine.host.KeptSettings;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.JournalJson;
import io.netd.engine.journal.JournalLock;
import io.netd.engine.keep.Keeper;
import io.netd.engine.keep.Repair;
import io.netd.engine.network.AttachedPorts;
import io.netd.engine.network.Connections;
import io.netd.engine.network.DefinitionStore;
import io.netd.engine.network.NetworkFiles;
import io.netd.engine.network.NetworkStore;
import io.netd.engine.network.Networks;
import io.netd.engine.work.KernelWorkers;
import io.netd.engine.work.KeyedQueues;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.plugins.firewall.StrictForwardPorts;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.Plugin;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

/** Puts an engine together from its collaborators. */
public final class EngineBuilder {
    /** How long an engine waits for another to let go of the journal. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_PENDING = 4096;

    private final EngineSettings settings;
    private final Collection<Plugin> plugins;
    private final Backends backends;
    private Containers containers = Containers.NONE;
    private Clock clock = Clock.systemUTC();
    private Duration patience = PATIENCE;

    /**
     * @param settings what the host's owner wants
     * @param plugins all plugins
     * @param backends how firewalls are reached
     */
    public EngineBuilder(EngineSettings settings, Collection<Plugin> plugins, Backends backends) {
        this.settings = settings;
        this.plugins = plugins;
        this.backends = backends;
    }

    /** Whose networks may be shared. */
    public EngineBuilder containers(Containers known) {
        containers = known;
        return this;
    }

    /** What time it is. */
    public EngineBuilder clock(Clock other) {
        clock = other;
        return this;
    }

    /** How long to wait for another to let go of the journal, where {@link #PATIENCE} is not right. */
    public EngineBuilder patience(Duration time) {
        patience = time;
        return this;
    }

    /**
     * Takes the journal's lock and reads the journal; changes nothing yet.
     *
     * @throws io.netd.engine.journal.JournalBusyException when another process holds it, naming that
     */
    public Engine open() {
        JournalLock lock = JournalLock.acquire(settings.execRoot(), patience);
        try {
            return new Engine(rooms(lock));
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private Rooms rooms(JournalLock lock) {
        Plugins known = new Plugins(plugins);
        JsonMapper mapper = JournalJson.mapper(known.traceTypes());
        Journal journal = Journal.open(settings.execRoot(), mapper);
        NetworkStore store = new NetworkStore(settings.execRoot(), mapper);
        Events events = new Events(clock);
        KeptSettings kept = new KeptSettings(settings.execRoot(), mapper);
        KernelWorkers workers = KernelWorkers.open(settings.workers());
        Hosts hosts = new Hosts(
                NetworkNamespace.current(),
                journal,
                key -> store.rules(key, backends.usual()),
                kept,
                backends,
                containers,
                workers);
        KeyedQueues<Object> queues = new KeyedQueues<>(workers, MAX_PENDING);
        Hops hops = new Hops(hosts, queues);
        Attachments attachments = new Attachments(hosts, journal, known, events, hops, clock);
        Upkeep upkeep = new Upkeep(journal, known, attachments, hops);
        Deaths deaths = new Deaths(hosts, journal, attachments, events, hops);
        NetworkFiles files = new NetworkFiles(
                store,
                new DefinitionStore(settings.dataRoot(), mapper),
                settings.execRoot().resolve("leases"));
        Networks networks = new Networks(files, settings.bridge(), journal, events, clock);
        StrictForwardPorts strict = new StrictForwardPorts();
        Connections connections = new Connections(networks, attachments, files.leases(), settings.bridge(), strict);
        Keeper keeper = new Keeper(
                new Repair(journal, store, hops, hosts.ownKey()), events, backends.lockFile(), strict::forget);
        return new Rooms(
                settings.execRoot(),
                lock,
                journal,
                events,
                kept,
                hosts,
                workers,
                queues,
                hops,
                attachments,
                new LivePorts(journal, known, new AttachedPorts(files, settings.bridge()), strict, events, hops),
                upkeep,
                deaths,
                networks,
                connections,
                keeper);
    }
}
