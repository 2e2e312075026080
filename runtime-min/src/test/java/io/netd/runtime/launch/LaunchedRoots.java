package io.netd.runtime.launch;

import io.netd.linux.proc.Program;
import io.netd.runtime.cgroup.Cgroups;
import io.netd.runtime.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Containers straight from the launcher, on layers made by hand. */
final class LaunchedRoots implements AutoCloseable {
    static final Path LAUNCHER = Path.of("target/netd-launch").toAbsolutePath();
    static final Cgroups.Membership NO_CGROUPS = new Cgroups.Membership(List.of(), List.of(), false);

    final Path directory = Files.createTempDirectory("netd-launch");
    final Path upper = Files.createDirectory(directory.resolve("upper"));

    LaunchedRoots() throws IOException {
        for (String name : List.of("layers", "work", "root")) {
            Files.createDirectory(directory.resolve(name));
        }
        Files.writeString(directory.resolve("etc"), "");
        Path bin = Files.createDirectories(layer("busybox").resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        bin.resolve("busybox").toFile().setExecutable(true);
        for (String applet : List.of("sh", "cat", "touch", "mknod", "head", "ls", "sleep", "rm")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
    }

    Path layer(String name) throws IOException {
        return Files.createDirectories(directory.resolve("layers").resolve(name));
    }

    PreparedContainer prepare(List<String> lower, Cgroups.Membership cgroups, String script) {
        return new Launcher(LAUNCHER)
                .prepare(new ContainerLaunch(
                        "test",
                        "own",
                        Optional.of("box"),
                        new RootTree(
                                directory.resolve("layers"),
                                lower,
                                upper,
                                directory.resolve("work"),
                                directory.resolve("root"),
                                false),
                        new LaunchFiles(
                                directory.resolve("etc"),
                                directory.resolve("etc"),
                                directory.resolve("etc"),
                                directory.resolve("log"),
                                directory.resolve("exit")),
                        cgroups,
                        new LaunchProgram(
                                List.of("sh", "-c", script),
                                List.of("PATH=/bin"),
                                Optional.empty(),
                                Optional.empty(),
                                false)));
    }

    /** Lets it run to its end; the exit code and what was written, as the monitor left them. */
    String run(List<String> lower, Cgroups.Membership cgroups, String script) throws IOException {
        try (PreparedContainer container = prepare(lower, cgroups, script)) {
            container.go();
            awaitEnd(container.monitorPid());
        }
        return Files.readString(directory.resolve("exit")).split(" ")[0] + " "
                + Files.readString(directory.resolve("log"));
    }

    static void awaitEnd(int pid) {
        Program.of(
                        "sh",
                        "-c",
                        "while [ -d /proc/" + pid + " ] && ! grep -q '^State:.Z' /proc/" + pid
                                + "/status; do sleep 0.02; done 2>/dev/null; true")
                .timeout(Duration.ofSeconds(20))
                .run();
    }

    @Override
    public void close() {
        FileTree.delete(directory);
    }
}
