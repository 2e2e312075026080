package io.netd.engine;

import io.netd.engine.attach.Attachments;
import io.netd.engine.attach.Deaths;
import io.netd.engine.attach.Hops;
import io.netd.engine.attach.LivePorts;
import io.netd.engine.attach.Recovery;
import io.netd.engine.attach.Relocation;
import io.netd.engine.attach.Upkeep;
import io.netd.engine.event.Events;
import io.netd.engine.host.Hosts;
import io.netd.engine.host.KeptSettings;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.JournalLock;
import io.netd.engine.keep.Keeper;
import io.netd.engine.network.Connections;
import io.netd.engine.network.Networks;
import io.netd.engine.work.KernelWorkers;
import io.netd.engine.work.KeyedQueues;
import java.nio.file.Path;

/**
 * The parts of an engine, put together.
 *
 * @param execRoot where state is
 * @param lock held for the engine's life
 * @param journal what attachments did
 * @param events what is announced
 * @param settings what was changed on our own host for good
 * @param hosts where requests act
 * @param workers what they run on
 * @param queues in which order
 * @param hops how they get there
 * @param attachments ADD, DEL, CHECK
 * @param livePorts what is published later
 * @param upkeep STATUS, GC
 * @param deaths what happens without a request
 * @param networks netd's own
 * @param connections the containers on them
 * @param keeper what puts back what somebody else took away
 */
record Rooms(
        Path execRoot,
        JournalLock lock,
        Journal journal,
        Events events,
        KeptSettings settings,
        Hosts hosts,
        KernelWorkers workers,
        KeyedQueues<Object> queues,
        Hops hops,
        Attachments attachments,
        LivePorts livePorts,
        Upkeep upkeep,
        Deaths deaths,
        Networks networks,
        Connections connections,
        Keeper keeper)
        implements AutoCloseable {

    void start(OpenHost host) {
        hosts.ownPorts().openRelay();
        Recovery recovery = new Recovery(journal, attachments, events, host);
        new Relocation(journal, host).run(networks.rules(host.key()));
        recovery.attachments();
        networks.ensure(host);
        recovery.rules();
        recovery.userChains();
        networks.adapt(host);
    }

    @Override
    public void close() {
        try {
            queues.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdown();
        hosts.close();
        lock.close();
    }
}
