package io.netd.runtime.container;

import io.netd.runtime.Attached;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import io.netd.runtime.image.ImageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program that starts a container named doomed and dies without a word: before or after the container's program runs. */
final class DoomedDaemon {
    private static final int DEAD = 9;

    private DoomedDaemon() {}

    /** Arguments: data root, exec root, launcher, cgroup parent, {@code before} or {@code after}, script. */
    public static void main(String[] args) {
        RuntimeSettings settings = new RuntimeSettings(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), args[3]);
        RecordedEvents events = new RecordedEvents();
        events.answer = created -> {
            if (args[4].equals("before")) {
                Runtime.getRuntime().halt(DEAD);
            }
            return CompletableFuture.completedFuture(Attached.NOWHERE);
        };
        HostContainers containers = HostContainers.open(settings, ImageStore.open(settings.dataRoot()), events);
        containers.adopt();
        ContainerSpec plain = ContainerSpec.of(
                ContainerHost.IMAGE, new NetworkMode.None(), ProcessSpec.of(List.of("sh", "-c", args[5])));
        containers.start(containers.create(plain).id());
        Runtime.getRuntime().halt(DEAD);
    }
}
