package io.netd.runtime.container;

import io.netd.linux.proc.ProcessId;
import io.netd.linux.proc.ProcessWatch;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ContainerState;
import io.netd.runtime.ContainerView;
import io.netd.runtime.Containers;
import io.netd.runtime.LogLine;
import io.netd.runtime.LogSelection;
import io.netd.runtime.OutputChunk;
import io.netd.runtime.ProcessSpec;
import io.netd.runtime.cgroup.Cgroups;
import io.netd.runtime.image.ImageStore;
import io.netd.runtime.launch.Launcher;
import io.netd.runtime.log.LogReader;
import io.netd.runtime.log.LogWatch;
import java.io.InputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

/**
 * The containers of this host, for real. Whatever changes one happens on threads of its own, so that it is done wholly
 * or not at all when the caller is interrupted.
 */
public final class HostContainers implements Containers {
    /** What is under way when the daemon stops is waited for, within bounds: the next daemon tidies up after the rest. */
    private static final Duration LAST_DEEDS = Duration.ofSeconds(10);

    private final RuntimeSettings settings;
    private final Roster roster = new Roster();
    private final Creation creation;
    private final Start start;
    private final Death death;
    private final Signals signals = new Signals();
    private final Joining joining;
    private final ProcessWatch watch;
    private final LogWatch logWatch;
    private final Deeds deeds = new Deeds(LAST_DEEDS);
    /** Apart from the deeds, for many of those wait for an end to be settled, also when everything stops. */
    private final Deeds ends = new Deeds(LAST_DEEDS);

    private HostContainers(RuntimeSettings settings, ImageStore images, ContainerEvents events) {
        Cgroups cgroups = Cgroups.ofHost(settings.cgroupParent());
        Launcher launcher = new Launcher(settings.launcher());
        Announcer announcer = new Announcer(events);
        this.settings = settings;
        this.creation = new Creation(images, roster);
        this.start = new Start(launcher, cgroups, images.layersDirectory(), announcer, roster);
        this.death = new Death(cgroups, announcer, roster);
        this.joining = new Joining(launcher, cgroups);
        this.watch = ProcessWatch.open();
        this.logWatch = LogWatch.open();
    }

    /** Containers below the settings' roots; call {@link #adopt} next. One process at a time may have them open. */
    public static HostContainers open(RuntimeSettings settings, ImageStore images, ContainerEvents events) {
        return new HostContainers(settings, images, events);
    }

    @Override
    public void adopt() {
        for (LiveContainer container : new Census(settings).take()) {
            roster.add(container);
        }
        for (LiveContainer container : roster.all()) {
            if (container.status().isLive()) {
                watchOver(container);
            } else {
                death.sweep(container);
            }
        }
    }

    /** The monitor outlives its container by the time it takes to write the log and the exit file. */
    private void watchOver(LiveContainer container) {
        container
                .status()
                .monitor()
                .ifPresent(monitor -> watch.onExit(monitor, () -> ends.begin(() -> settle(container, monitor))));
    }

    private void settle(LiveContainer container, ProcessId monitor) {
        container.inTurn(() -> death.settle(container, monitor));
    }

    @Override
    public ContainerView create(ContainerSpec spec) {
        return deeds.result(() -> make(spec));
    }

    private ContainerView make(ContainerSpec spec) {
        ContainerRecord record = creation.settle(spec);
        ContainerFiles files = ContainerFiles.of(settings, record.id());
        try {
            files.make(record);
        } catch (RuntimeException e) {
            roster.release(record.name());
            files.delete();
            throw e;
        }
        LiveContainer container = new LiveContainer(record, files, Status.CREATED);
        roster.add(container);
        return container.view();
    }

    @Override
    public void start(String nameOrId) {
        LiveContainer container = roster.find(nameOrId);
        deeds.complete(() -> {
            if (!container.inTurn(() -> startInTurn(container))) {
                throw ContainerException.notFound("No such container: " + nameOrId);
            }
        });
    }

    private void startInTurn(LiveContainer container) {
        if (container.status().isLive()) {
            return;
        }
        try {
            start.run(container);
        } catch (RuntimeException e) {
            ContainerException failure = e instanceof ContainerException known
                    ? known
                    : ContainerException.failed(String.valueOf(e.getMessage()), e);
            death.undo(container, failure);
            throw failure;
        }
        watchOver(container);
    }

    @Override
    public void stop(String nameOrId, Duration grace) {
        LiveContainer container = roster.find(nameOrId);
        deeds.complete(() -> signals.stop(container, grace));
    }

    @Override
    public void kill(String nameOrId, int signal) {
        LiveContainer container = roster.find(nameOrId);
        deeds.complete(() -> signals.kill(container, nameOrId, signal));
    }

    @Override
    public void remove(String nameOrId, boolean force) {
        LiveContainer container = roster.find(nameOrId);
        deeds.complete(() -> {
            do {
                if (force && container.status().isLive()) {
                    signals.killAndWait(container);
                }
                container.inTurn(() -> removeInTurn(container, nameOrId, force));
            } while (!container.isRemoved());
        });
    }

    /** One that has been started while its turn was waited for is left to a next attempt, with force. */
    private void removeInTurn(LiveContainer container, String nameOrId, boolean force) {
        if (!container.status().isLive()) {
            death.remove(container);
        } else if (!force) {
            throw ContainerException.conflict("cannot remove container \"" + nameOrId
                    + "\": container is running: stop the container before removing or force remove");
        }
    }

    @Override
    public CompletionStage<Integer> exit(String nameOrId) {
        return roster.find(nameOrId).settled();
    }

    @Override
    public void logs(String nameOrId, LogSelection selection, Consumer<LogLine> sink) {
        LiveContainer container = roster.find(nameOrId);
        Lock reading = container.log().readLock();
        reading.lock();
        try {
            new LogReader(container.files().log(), logWatch).read(selection, container.ended(), sink);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int exec(String nameOrId, ProcessSpec program, InputStream in, Consumer<OutputChunk> sink) {
        return joining.run(roster.find(nameOrId), program, in, sink);
    }

    @Override
    public ContainerView find(String nameOrId) {
        return roster.find(nameOrId).view();
    }

    @Override
    public List<ContainerView> list() {
        return roster.all().stream()
                .map(LiveContainer::view)
                .sorted(Comparator.comparing(ContainerView::created).reversed())
                .toList();
    }

    @Override
    public Map<String, String> imageUsers() {
        Map<String, String> users = new LinkedHashMap<>();
        roster.all().forEach(container -> users.putIfAbsent(container.record().imageId(), container.id()));
        return Map.copyOf(users);
    }

    /** How many containers are in a state; for {@code info}. */
    public long count(ContainerState state) {
        return roster.all().stream()
                .filter(container -> container.status().state() == state)
                .count();
    }

    @Override
    public void close() {
        deeds.close();
        watch.close();
        ends.close();
        logWatch.close();
    }
}
