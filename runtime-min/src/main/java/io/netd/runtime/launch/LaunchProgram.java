package io.netd.runtime.launch;

import java.util.List;
import java.util.Optional;

/**
 * A program and what it is given, the image's part already merged in.
 *
 * @param environment {@code NAME=value} in order
 * @param user {@code name|uid[:group|gid]}; absent means root
 */
public record LaunchProgram(
        List<String> command,
        List<String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        boolean noNewPrivileges) {
    /** Docker's 14: what a container's root may do. */
    static final String CAPABILITIES = "a80425fb";

    /** Copies the lists. */
    public LaunchProgram {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }

    LaunchRecords addTo(LaunchRecords records) {
        workingDirectory.ifPresent(directory -> records.add("cwd", directory));
        user.ifPresent(name -> records.add("user", name));
        return records.addFlag("nonewprivs", noNewPrivileges)
                .add("caps", CAPABILITIES)
                .addAll("env", environment)
                .addAll("arg", command);
    }
}
