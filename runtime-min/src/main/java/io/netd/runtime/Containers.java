package io.netd.runtime;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The containers of one host. Calls block the caller's platform thread and throw {@link ContainerException}; a
 * container is named by its name, its id or an unambiguous prefix of the id. Different containers do not wait for each
 * other. An interrupt ends waiting for output and nothing else: what creates, starts, stops or removes a container comes
 * to its end before the caller sees it.
 */
public interface Containers extends AutoCloseable {
    /** Takes over what an earlier daemon left running and settles what ended meanwhile; call once, before anything else. */
    void adopt();

    /** Registers a container without starting anything. */
    ContainerView create(ContainerSpec spec);

    /** Starts it; returns when its program runs. After a failure the container is exited (or gone, with removeWhenDone). */
    void start(String nameOrId);

    /** Sends TERM, after the grace time KILL; returns when it has stopped. Stopped already is success. */
    void stop(String nameOrId, Duration grace);

    /** Sends a signal to its first process, whatever becomes of it. */
    void kill(String nameOrId, int signal);

    /** Removes it; a running one only by force. */
    void remove(String nameOrId, boolean force);

    /**
     * Completes with the exit code once the container has stopped, and is removed when it is to be: at once when it has,
     * for a created one after its first run.
     */
    CompletionStage<Integer> exit(String nameOrId);

    /** Hands over lines in order; returns at the end of the log, when following at the end of the container or when interrupted. */
    void logs(String nameOrId, LogSelection selection, Consumer<LogLine> sink);

    /**
     * Runs a program in a running container; its exit code. Output is handed over piece by piece, by one thread at a
     * time. An interrupt kills the program.
     */
    int exec(String nameOrId, ProcessSpec program, InputStream in, Consumer<OutputChunk> sink);

    /** One container. */
    ContainerView find(String nameOrId);

    /** All containers, newest first. */
    List<ContainerView> list();

    /** Which images are in use: image id to the id of a container that uses it. */
    Map<String, String> imageUsers();

    /** Stops watching; containers go on running. */
    @Override
    void close();
}
