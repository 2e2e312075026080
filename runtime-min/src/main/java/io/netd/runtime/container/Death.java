package io.netd.runtime.container;

import io.netd.linux.proc.ProcessId;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.ContainerException;
import io.netd.runtime.cgroup.Cgroups;
import io.netd.runtime.store.FileTree;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** What follows the end of a container: its cgroups go, its network is told, its end is written down. The caller holds the turn. */
final class Death {
    private static final System.Logger LOG = System.getLogger(Death.class.getName());
    /** The monitor was killed, and with it what it watched over. */
    private static final int KILLED = 137;
    /** Lost in a reboot; docker's code for it. */
    private static final int LOST = 255;

    private static final long READERS_SECONDS = 5;

    private final Cgroups cgroups;
    private final Announcer announcer;
    private final Roster roster;

    Death(Cgroups cgroups, Announcer announcer, Roster roster) {
        this.cgroups = cgroups;
        this.announcer = announcer;
        this.roster = roster;
    }

    /** Settles a container whose monitor has ended; nothing happens when that is done or the container runs anew. */
    void settle(LiveContainer container, ProcessId monitor) {
        Status status = container.status();
        if (status.isLive() && status.monitor().filter(monitor::equals).isPresent()) {
            ContainerFiles files = container.files();
            boolean lost = !Files.isDirectory(files.exec());
            end(
                    container,
                    ExitFile.read(files.exit()).orElseGet(() -> new ExitFile.Exit(lost ? LOST : KILLED, Instant.now())),
                    "");
        }
    }

    /** Takes back a start that failed. */
    void undo(LiveContainer container, ContainerException failure) {
        end(container, new ExitFile.Exit(failure.exitCode(), Instant.now()), failure.getMessage());
    }

    private void end(LiveContainer container, ExitFile.Exit exit, String error) {
        boolean announced = container.status().isLive();
        boolean outOfMemory = cgroups.ranOutOfMemory(container.id());
        removeCgroups(container);
        if (announced) {
            announcer.died(
                    new ContainerEvents.Died(container.id(), container.record().name(), exit.code(), outOfMemory));
        }
        container.become(container.status().exited(exit, outOfMemory, error));
        container.announceEnd();
        try {
            if (container.record().spec().options().removeWhenDone()) {
                remove(container);
            }
        } finally {
            container.announceSettled();
        }
    }

    /** Clears away what a daemon left that died between the first step of a start and its note of it. */
    void sweep(LiveContainer container) {
        if (!cgroups.membership(container.id()).directories().isEmpty()) {
            removeCgroups(container);
        }
        FileTree.delete(container.files().exec());
    }

    private void removeCgroups(LiveContainer container) {
        try {
            cgroups.remove(container.id());
        } catch (ContainerException | LinuxException e) {
            LOG.log(Level.WARNING, "container " + container.id() + ": " + e.getMessage(), e);
        }
    }

    /** Removes a container that does not run. Readers of its log may finish first, within bounds. */
    void remove(LiveContainer container) {
        Lock log = container.log().writeLock();
        boolean alone = await(log);
        try {
            container.files().delete();
            roster.remove(container);
            container.markRemoved();
        } finally {
            if (alone) {
                log.unlock();
            }
        }
        announcer.removed(
                new ContainerEvents.Removed(container.id(), container.record().name()));
    }

    private static boolean await(Lock log) {
        try {
            return log.tryLock(READERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
