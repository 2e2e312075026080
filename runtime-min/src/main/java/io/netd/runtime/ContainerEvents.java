package io.netd.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Whom the runtime tells about its containers; called on the runtime's platform threads, one container in order. */
public interface ContainerEvents {
    /**
     * The namespaces exist, the program does not run yet: connect them. The program waits for the answer; a failure
     * tears the container down, its message goes to whoever started it (exit code 125).
     */
    CompletionStage<Attached> created(Created event);

    /** The program runs. */
    void started(Started event);

    /** The program has ended; the container counts as stopped when the answer is there. A failed answer is not an obstacle. */
    CompletionStage<Void> died(Died event);

    /** The container is gone for good. */
    CompletionStage<Void> removed(Removed event);

    /**
     * A container before its program.
     *
     * @param pid its first process as the host sees it
     * @param networkNamespace {@code /proc/PID/ns/net} of that process
     * @param annotations as in the {@link ContainerSpec}
     */
    record Created(
            String id,
            String name,
            String hostname,
            NetworkMode network,
            int pid,
            Path networkNamespace,
            Map<String, String> annotations) {}

    /** A program that runs. */
    record Started(String id, String name, int pid) {}

    /** A program that ended. */
    record Died(String id, String name, int exitCode, boolean oomKilled) {}

    /** A container that is gone. */
    record Removed(String id, String name) {}
}
