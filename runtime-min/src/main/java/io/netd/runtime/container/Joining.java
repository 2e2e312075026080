package io.netd.runtime.container;

import io.netd.linux.proc.ProcessId;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerState;
import io.netd.runtime.OutputChunk;
import io.netd.runtime.ProcessSpec;
import io.netd.runtime.cgroup.Cgroups;
import io.netd.runtime.launch.LaunchProgram;
import io.netd.runtime.launch.Launcher;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One more program in a running container, with the container's environment, directory and user unless told otherwise. */
final class Joining {
    private final Launcher launcher;
    private final Cgroups cgroups;

    Joining(Launcher launcher, Cgroups cgroups) {
        this.launcher = launcher;
        this.cgroups = cgroups;
    }

    int run(LiveContainer container, ProcessSpec program, InputStream in, Consumer<OutputChunk> sink) {
        ProcessId first = container
                .status()
                .first()
                .filter(process -> container.status().state() == ContainerState.RUNNING)
                .orElseThrow(() -> ContainerException.conflict("Container " + container.id() + " is not running"));
        if (program.command().isEmpty()) {
            throw ContainerException.invalid("No exec command specified");
        }
        LaunchProgram launch = launchProgram(container.record(), program);
        return launcher.join(
                        container.id(),
                        first,
                        cgroups.membership(container.id()).directories(),
                        launch)
                .run(in, sink);
    }

    private static LaunchProgram launchProgram(ContainerRecord record, ProcessSpec program) {
        List<String> environment = new ArrayList<>();
        for (String entry : record.environment()) {
            if (!program.environment().containsKey(entry.substring(0, entry.indexOf('=')))) {
                environment.add(entry);
            }
        }
        program.environment().forEach((name, value) -> environment.add(name + "=" + value));
        return new LaunchProgram(
                program.command(),
                environment,
                or(program.workingDirectory(), record.workingDirectory()),
                or(program.user(), record.user()),
                record.spec().options().noNewPrivileges());
    }

    private static Optional<String> or(Optional<String> asked, String usual) {
        return asked.or(() -> Start.present(usual));
    }
}
