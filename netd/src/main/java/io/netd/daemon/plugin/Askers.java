package io.netd.daemon.plugin;

import io.netd.cni.Command;
import io.netd.engine.event.TraceContext;
import io.netd.engine.host.Asker;
import io.netd.engine.journal.CallingRuntime;
import io.netd.plugins.spi.CallingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out which runtime is behind a plugin call: the program that started the plugin. */
public final class Askers {
    private static final String DELETED = " (deleted)";
    private static final String SERVICE = ".service";
    private static final int AFTER_STATE = 2;

    private Askers() {}

    /**
     * Of a call that a process makes. The runtime is looked for where it matters, by whoever asks for it: the first ADD of
     * an attachment, which remembers it, and GC.
     */
    public static Asker of(long pid, Command command, CallingProgram program) {
        boolean matters = command == Command.ADD || command == Command.GC;
        return new Asker(
                matters ? () -> runtime(pid) : Optional::empty, TraceContext.of(program.environment()), program);
    }

    private static Optional<CallingRuntime> runtime(long pid) {
        try {
            Path parent = Path.of("/proc", parentOf(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))));
            String program = Files.readSymbolicLink(parent.resolve("exe")).toString();
            String path =
                    program.endsWith(DELETED) ? program.substring(0, program.length() - DELETED.length()) : program;
            return Optional.of(runtime(path, Files.readString(parent.resolve("cgroup"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The command, in parentheses, may hold anything. */
    static String parentOf(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).split(" ")[AFTER_STATE];
    }

    /** An upgrade may put a service's program elsewhere, so there its name has to do. */
    static CallingRuntime runtime(String program, String cgroups) {
        Optional<String> service = cgroups.lines()
                .filter(line -> line.startsWith("0::") || line.contains(":name=systemd:"))
                .flatMap(line -> service(line).stream())
                .findFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        return new CallingRuntime(service.isPresent() ? name : program, service);
    }

    /** The innermost unit, when it is a service: a session's or a container's scope has another name each time. */
    private static Optional<String> service(String cgroup) {
        List<String> units = Arrays.stream(cgroup.split("/"))
                .filter(part -> part.endsWith(SERVICE) || part.endsWith(".scope"))
                .toList();
        return units.isEmpty()
                ? Optional.empty()
                : Optional.of(units.get(units.size() - 1)).filter(unit -> unit.endsWith(SERVICE));
    }
}
