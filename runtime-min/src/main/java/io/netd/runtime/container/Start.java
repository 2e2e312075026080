package io.netd.runtime.container;

import io.netd.linux.proc.ProcessId;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.cgroup.Cgroups;
import io.netd.runtime.launch.ContainerLaunch;
import io.netd.runtime.launch.LaunchFiles;
import io.netd.runtime.launch.LaunchProgram;
import io.netd.runtime.launch.Launcher;
import io.netd.runtime.launch.PreparedContainer;
import io.netd.runtime.launch.RootTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** One start: cgroups, namespaces, network, program, in this order. The caller holds the container's turn. */
final class Start {
    private final Launcher launcher;
    private final Cgroups cgroups;
    private final Path layers;
    private final Announcer announcer;
    private final Roster roster;

    Start(Launcher launcher, Cgroups cgroups, Path layers, Announcer announcer, Roster roster) {
        this.launcher = launcher;
        this.cgroups = cgroups;
        this.layers = layers;
        this.announcer = announcer;
        this.roster = roster;
    }

    /** Returns when the program runs. On failure nothing of it is left; undoing is up to {@link Death#undo}. */
    void run(LiveContainer container) {
        Optional<JoinedNetwork> joined = joined(container);
        try {
            String own = word(container.record().spec().network());
            run(container, joined.map(JoinedNetwork::path).orElse(own));
        } finally {
            joined.ifPresent(JoinedNetwork::close);
        }
        announcer.started(
                new ContainerEvents.Started(container.id(), container.record().name(), pid(container)));
    }

    private void run(LiveContainer container, String network) {
        container.files().makeRun();
        writeFiles(container, Attached.NOWHERE);
        Cgroups.Membership group =
                cgroups.make(container.id(), container.record().spec().limits());
        try (PreparedContainer prepared = launcher.prepare(launch(container, network, group))) {
            container.become(Status.starting(living(prepared.pid()), living(prepared.monitorPid())));
            Attached attached = announcer.created(created(container, prepared.pid()));
            writeFiles(container, attached);
            prepared.go();
            Status running = container.status().running(attached, Instant.now());
            container.become(running);
            container.files().noteRun(running);
        }
    }

    private static int pid(LiveContainer container) {
        return container.status().first().map(ProcessId::pid).orElse(0);
    }

    private static ProcessId living(int pid) {
        return ProcessId.of(pid)
                .orElseThrow(() -> ContainerException.failed(
                        "the container ended before its program ran", new IOException("process " + pid + " is gone")));
    }

    private static ContainerEvents.Created created(LiveContainer container, int pid) {
        ContainerRecord record = container.record();
        return new ContainerEvents.Created(
                record.id(),
                record.name(),
                record.hostname(),
                record.spec().network(),
                pid,
                Path.of("/proc", Integer.toString(pid), "ns", "net"),
                record.spec().annotations());
    }

    /** The network of the container to join, which must run. */
    private Optional<JoinedNetwork> joined(LiveContainer container) {
        return container.record().spec().network() instanceof NetworkMode.Container other
                ? Optional.of(JoinedNetwork.of(target(other)))
                : Optional.empty();
    }

    /** The launcher's word for the namespace. */
    private static String word(NetworkMode mode) {
        return mode instanceof NetworkMode.Host ? "host" : "own";
    }

    private LiveContainer target(NetworkMode.Container other) {
        return roster.find(other.nameOrId());
    }

    private void writeFiles(LiveContainer container, Attached attached) {
        ContainerRecord record = container.record();
        if (record.spec().network() instanceof NetworkMode.Host) {
            NetworkFiles.OF_HOST.writeHosts(container.files(), record.hostname());
        } else if (!(record.spec().network() instanceof NetworkMode.Container)) {
            NetworkFiles.OF_HOST.writeOwn(container.files(), record.hostname(), attached.addresses());
        }
    }

    private ContainerLaunch launch(LiveContainer container, String network, Cgroups.Membership group) {
        ContainerRecord record = container.record();
        ContainerFiles files = container.files();
        ContainerFiles etc = record.spec().network() instanceof NetworkMode.Container other
                ? target(other).files()
                : files;
        return new ContainerLaunch(
                record.id(),
                network,
                Optional.of(record.hostname()),
                new RootTree(
                        layers,
                        record.layers(),
                        files.upper(),
                        files.work(),
                        files.mountPoint(),
                        record.spec().options().readOnly()),
                new LaunchFiles(etc.hosts(), etc.hostname(), etc.resolv(), files.log(), files.exit()),
                group,
                program(record));
    }

    private static LaunchProgram program(ContainerRecord record) {
        return new LaunchProgram(
                record.command(),
                record.environment(),
                present(record.workingDirectory()),
                present(record.user()),
                record.spec().options().noNewPrivileges());
    }

    static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
