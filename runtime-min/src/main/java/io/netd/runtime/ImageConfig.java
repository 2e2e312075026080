package io.netd.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What an image says about running it; lists are empty when it says nothing.
 *
 * @param exposedPorts as in the OCI image configuration: {@code 80/tcp}, also {@code 80} and {@code 80-90/udp}
 */
public record ImageConfig(
        List<String> entrypoint,
        List<String> command,
        List<String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        List<String> exposedPorts) {
    /** An image that says nothing, as an imported file tree does. */
    public static final ImageConfig NONE =
            new ImageConfig(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the lists. */
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        exposedPorts = List.copyOf(exposedPorts);
    }
}
