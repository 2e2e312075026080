package io.netd.runtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A container as it is at one moment.
 *
 * @param id 64 hex digits
 * @param imageId {@code sha256:} and 64 hex digits
 * @param spec as asked for; the target of a container network is its full id
 * @param command program and arguments that are really run
 * @param attached what {@link ContainerEvents#created} answered for the present run
 * @param directory holds {@code hosts}, {@code hostname}, {@code resolv.conf} and the log
 */
public record ContainerView(
        String id,
        String name,
        String hostname,
        String imageId,
        ContainerSpec spec,
        List<String> command,
        Instant created,
        ContainerState state,
        Optional<ContainerRun> run,
        Optional<Attached> attached,
        Path directory) {
    /** Copies the list. */
    public ContainerView {
        command = List.copyOf(command);
    }

    /** Its program runs. */
    public boolean isRunning() {
        return state == ContainerState.RUNNING;
    }
}
