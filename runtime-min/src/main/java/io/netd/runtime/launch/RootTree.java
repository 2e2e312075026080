package io.netd.runtime.launch;

import java.nio.file.Path;
import java.util.List;

/**
 * The overlay of a container.
 *
 * @param layers the directory that the names are relative to
 * @param lower names of the layers, the topmost first
 * @param mountPoint an empty directory, used in the container's own mount namespace only
 */
public record RootTree(Path layers, List<String> lower, Path upper, Path work, Path mountPoint, boolean readOnly) {
    /** Copies the list. */
    public RootTree {
        lower = List.copyOf(lower);
    }

    LaunchRecords addTo(LaunchRecords records) {
        return records.add("layers", layers.toString())
                .addAll("lower", lower)
                .add("upper", upper.toString())
                .add("work", work.toString())
                .add("rootfs", mountPoint.toString())
                .addFlag("readonly", readOnly);
    }
}
