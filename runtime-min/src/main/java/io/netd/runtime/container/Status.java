package io.netd.runtime.container;

import io.netd.linux.proc.ProcessId;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerRun;
import io.netd.runtime.ContainerState;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a container stands, as it is kept on disk.
 *
 * @param first its first process while there is one
 * @param monitor who stays with it
 */
record Status(
        int version,
        ContainerState state,
        Optional<ProcessId> first,
        Optional<ProcessId> monitor,
        Optional<Attached> attached,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Integer> exitCode,
        boolean oomKilled,
        String error) {
    static final Status CREATED = new Status(
            ContainerRecord.VERSION,
            ContainerState.CREATED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "");

    static Status starting(ProcessId first, ProcessId monitor) {
        return new Status(
                ContainerRecord.VERSION,
                ContainerState.STARTING,
                Optional.of(first),
                Optional.of(monitor),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "");
    }

    Status running(Attached network, Instant now) {
        return new Status(
                version,
                ContainerState.RUNNING,
                first,
                monitor,
                Optional.of(network),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                false,
                "");
    }

    /** Its end; a container whose program never ran is as it was created, as docker has it, with a reason why. */
    Status exited(ExitFile.Exit exit, boolean outOfMemory, String why) {
        return new Status(
                version,
                started.isPresent() ? ContainerState.EXITED : ContainerState.CREATED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                started,
                started.map(program -> exit.time()),
                Optional.of(exit.code()),
                outOfMemory,
                why);
    }

    /** A process is or may be there. */
    boolean isLive() {
        return state == ContainerState.RUNNING || state == ContainerState.STARTING;
    }

    Optional<ContainerRun> run() {
        return state == ContainerState.CREATED && exitCode.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContainerRun(
                        first.map(ProcessId::pid).orElse(0),
                        monitor.map(ProcessId::pid).orElse(0),
                        started,
                        finished,
                        exitCode,
                        oomKilled,
                        error));
    }
}
