package io.netd.runtime.container;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ImageConfig;
import io.netd.runtime.ImageView;
import io.netd.runtime.Limits;
import io.netd.runtime.LogLine;
import io.netd.runtime.LogSelection;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.OutputChunk;
import io.netd.runtime.ProcessSpec;
import io.netd.runtime.image.ImageStore;
import io.netd.runtime.store.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A runtime with roots of its own and a busybox image, for one test class. */
final class ContainerHost implements AutoCloseable {
    static final String IMAGE = "busybox";
    private static final String CGROUP_PARENT =
            "/netd-test-" + ProcessHandle.current().pid();

    final RecordedEvents events = new RecordedEvents();
    final Path directory;
    final RuntimeSettings settings;
    ImageStore images;
    HostContainers containers;

    ContainerHost() throws IOException {
        directory = Files.createTempDirectory("netd-runtime");
        settings = new RuntimeSettings(
                directory.resolve("data"),
                Path.of("/run/netd-" + directory.getFileName()),
                Path.of("target/netd-launch").toAbsolutePath(),
                CGROUP_PARENT);
        images = ImageStore.open(settings.dataRoot());
        images.importTar(BusyboxTar.open(), Optional.of(IMAGE), ImageConfig.NONE);
        open();
    }

    private void open() {
        containers = HostContainers.open(settings, images, events);
        containers.adopt();
    }

    /** What a daemon does that is stopped and started again. */
    void restart() {
        containers.close();
        images = ImageStore.open(settings.dataRoot());
        open();
    }

    ImageView image() {
        return images.find(IMAGE);
    }

    static ContainerSpec spec(NetworkMode network, String... command) {
        return ContainerSpec.of(IMAGE, network, ProcessSpec.of(List.of(command)));
    }

    static ContainerSpec none(String... command) {
        return spec(new NetworkMode.None(), command);
    }

    static ContainerSpec limited(Limits limits, String... command) {
        ContainerSpec spec = none(command);
        return new ContainerSpec(
                spec.image(),
                spec.process(),
                spec.network(),
                limits,
                spec.options(),
                spec.name(),
                spec.hostname(),
                Map.of());
    }

    static ContainerSpec readOnly(String... command) {
        return with(new ContainerSpec.Options(true, false, false), none(command));
    }

    static ContainerSpec with(ContainerSpec.Options options, ContainerSpec spec) {
        return new ContainerSpec(
                spec.image(),
                spec.process(),
                spec.network(),
                spec.limits(),
                options,
                spec.name(),
                spec.hostname(),
                Map.of());
    }

    String start(ContainerSpec spec) {
        String id = containers.create(spec).id();
        containers.start(id);
        return id;
    }

    int exitCode(String id) throws Exception {
        return containers.exit(id).toCompletableFuture().get(30, SECONDS);
    }

    /** What a container wrote, once it has ended. */
    String output(String id) throws Exception {
        exitCode(id);
        StringBuilder text = new StringBuilder();
        containers.logs(id, LogSelection.ALL, (LogLine line) -> text.append(line.text()));
        return text.toString();
    }

    /** Done when a container has written this line. */
    CompletableFuture<Void> said(String id, String wanted) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        Thread follower = new Thread(() -> containers.logs(id, LogSelection.FOLLOW, line -> {
            if (line.text().equals(wanted + "\n")) {
                said.complete(null);
            }
        }));
        follower.setDaemon(true);
        follower.start();
        return said;
    }

    String output(ContainerSpec spec) throws Exception {
        return output(start(spec));
    }

    /** Output of a program in a running container, its exit code at the end. */
    String exec(String id, String input, String... command) {
        StringBuilder text = new StringBuilder();
        int code = containers.exec(
                id,
                ProcessSpec.of(List.of(command)),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                (OutputChunk chunk) -> text.append(new String(chunk.bytes(), StandardCharsets.UTF_8)));
        return text + "=" + code;
    }

    /** The host's mounts, launchers and monitors, and the cgroups below this program's parent, to compare before and after. */
    static List<String> traces() throws IOException {
        List<String> found = new java.util.ArrayList<>(Files.readAllLines(Path.of("/proc/self/mountinfo")));
        ProcessHandle.allProcesses()
                .filter(process -> isOurs(Path.of("/proc", Long.toString(process.pid()))))
                .forEach(process -> found.add("process " + process.pid()));
        for (Path hierarchy : hierarchies()) {
            Path own = Path.of(hierarchy + CGROUP_PARENT);
            if (Files.exists(own)) {
                try (var paths = Files.walk(own)) {
                    paths.filter(Files::isDirectory)
                            .map(Path::toString)
                            .sorted()
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    /** In the mount namespace of this throw-away host; a zombie is in none. */
    private static boolean isOurs(Path process) {
        try {
            return Files.readString(process.resolve("comm")).matches("netd-(launch|monitor)\n")
                    && Files.isSameFile(process.resolve("ns/mnt"), Path.of("/proc/self/ns/mnt"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<Path> hierarchies() throws IOException {
        Path root = Path.of("/sys/fs/cgroup");
        try (var paths = Files.list(root)) {
            return Stream.concat(Stream.of(root), paths.filter(Files::isDirectory))
                    .toList();
        }
    }

    @Override
    public void close() {
        for (var container : containers.list()) {
            containers.remove(container.id(), true);
        }
        containers.close();
        FileTree.delete(directory);
        FileTree.delete(settings.execRoot());
    }
}
