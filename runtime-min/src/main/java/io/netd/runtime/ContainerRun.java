package io.netd.runtime;

import java.time.Instant;
import java.util.Optional;

/**
 * The latest run of a container.
 *
 * @param pid the first process as the host sees it, 0 once it is gone
 * @param monitorPid the process that holds the container's output and outlives the daemon, 0 once it is gone
 * @param started when the program began
 * @param finished when it ended
 * @param exitCode as docker has it: 128 + n for signal n, 125 to 127 when it could not be started
 * @param error why it could not be started, empty otherwise
 */
public record ContainerRun(
        int pid,
        int monitorPid,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Integer> exitCode,
        boolean oomKilled,
        String error) {}
