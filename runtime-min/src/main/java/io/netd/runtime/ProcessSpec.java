package io.netd.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run in a container.
 *
 * @param command program and arguments; for a container empty means what the image says
 * @param environment added to the image's; the same name wins over it
 * @param workingDirectory absolute path inside the container
 * @param user {@code name|uid[:group|gid]}, looked up in the container's own passwd and group
 */
public record ProcessSpec(
        List<String> command,
        Map<String, String> environment,
        Optional<String> workingDirectory,
        Optional<String> user) {
    /** Copies the collections; refuses what no kernel could take. */
    public ProcessSpec {
        command = List.copyOf(command);
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        if (workingDirectory.isPresent() && !workingDirectory.get().startsWith("/")) {
            throw ContainerException.invalid("the working directory '" + workingDirectory.get()
                    + "' is invalid, it needs to be an absolute path");
        }
    }

    /** A program with everything else left to the image. */
    public static ProcessSpec of(List<String> command) {
        return new ProcessSpec(command, Map.of(), Optional.empty(), Optional.empty());
    }
}
