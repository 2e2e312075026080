package io.netd.runtime.launch;

import io.netd.linux.proc.ProcessId;
import io.netd.linux.proc.Program;
import java.nio.file.Path;
import java.util.List;

/** The launcher program; a thread of the daemon's own namespaces must call it, for its children inherit them. */
public final class Launcher {
    private final Path program;

    /** A launcher at its path. */
    public Launcher(Path program) {
        this.program = program;
    }

    /** Starts a container's namespaces up to the point where its program could run. */
    public PreparedContainer prepare(ContainerLaunch launch) {
        byte[] configuration = launch.toBytes();
        return PreparedContainer.of(start("run", launch.id()), configuration);
    }

    /** Starts one more program in a running container. */
    public JoinedProgram join(String id, ProcessId first, List<Path> cgroups, LaunchProgram joined) {
        LaunchRecords records = new LaunchRecords()
                .add("pid", Integer.toString(first.pid()))
                .add("starttime", Long.toString(first.startTime()));
        cgroups.forEach(group -> records.add("cgroup", group.toString()));
        byte[] configuration = joined.addTo(records).toBytes();
        return new JoinedProgram(start("exec", id), configuration);
    }

    private Process start(String mode, String id) {
        return Program.of(program.toString(), mode, id).start();
    }
}
