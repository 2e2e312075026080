package io.netd.runtime.container;

import io.netd.runtime.ContainerSpec;
import java.time.Instant;
import java.util.List;

/**
 * What stays the same about a container, as it is kept on disk.
 *
 * @param spec as asked for; the target of a container network is its full id
 * @param command program and arguments that are run
 * @param environment {@code NAME=value}, the image's and the spec's merged
 * @param workingDirectory empty means the root
 * @param user empty means root
 * @param layers names of the image's layers, the topmost first
 */
record ContainerRecord(
        int version,
        String id,
        String name,
        String hostname,
        String imageId,
        ContainerSpec spec,
        List<String> command,
        List<String> environment,
        String workingDirectory,
        String user,
        List<String> layers,
        Instant created) {
    static final int VERSION = 1;

    /** Copies the lists. */
    ContainerRecord {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        layers = List.copyOf(layers);
    }
}
