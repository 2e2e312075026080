package io.netd.runtime.container;

import java.nio.file.Path;

/**
 * Where the runtime keeps its things.
 *
 * @param dataRoot survives a reboot: images, container configurations, logs
 * @param execRoot gone at reboot: what runs
 * @param launcher the {@code netd-launch} program
 * @param cgroupParent where containers' cgroups hang in each hierarchy, {@code /netd} by default
 */
public record RuntimeSettings(Path dataRoot, Path execRoot, Path launcher, String cgroupParent) {
    /** The usual parent of cgroups. */
    public static final String CGROUP_PARENT = "/netd";
}
