package io.netd.runtime.cgroup;

import io.netd.runtime.ContainerException;
import io.netd.runtime.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Limits as version 1 files; finds the group's directory by a controller's name. */
final class LegacyLimits {
    private static final long PERIOD_MICROS = 100_000;
    private static final long NANOS_PER_PERIOD_MICRO = 10_000;

    /** Docker's defaults: any mknod; null, zero, full, random, urandom, tty, console, ptmx and ptys to read and write. */
    private static final List<String> DEVICES = List.of(
            "c *:* m",
            "b *:* m",
            "c 1:3 rwm",
            "c 1:5 rwm",
            "c 1:7 rwm",
            "c 1:8 rwm",
            "c 1:9 rwm",
            "c 5:0 rwm",
            "c 5:1 rwm",
            "c 5:2 rwm",
            "c 136:* rwm");

    private final Function<String, Optional<Path>> directories;

    LegacyLimits(Function<String, Optional<Path>> directories) {
        this.directories = directories;
    }

    void apply(Limits limits) {
        limits.memoryBytes().ifPresent(bytes -> memory(bytes, limits.memorySwapBytes()));
        limits.nanoCpus().ifPresent(this::cpu);
        limits.pids().ifPresent(count -> CgroupFile.in(need("pids"), "pids.max").write(Long.toString(count)));
        directories.apply("devices").ifPresent(LegacyLimits::devices);
    }

    /** A new group has no limit at all, so the smaller one goes first; the other order is EINVAL. */
    private void memory(long bytes, Optional<Long> withSwap) {
        Path group = need("memory");
        CgroupFile.in(group, "memory.limit_in_bytes").write(Long.toString(bytes));
        CgroupFile both = CgroupFile.in(group, "memory.memsw.limit_in_bytes");
        if (withSwap.isPresent()) {
            both.write(Long.toString(withSwap.get()));
        } else {
            both.offer(Long.toString(2 * bytes));
        }
    }

    private void cpu(long nanoCpus) {
        Path group = need("cpu");
        CgroupFile.in(group, "cpu.cfs_period_us").write(Long.toString(PERIOD_MICROS));
        CgroupFile.in(group, "cpu.cfs_quota_us").write(Long.toString(nanoCpus / NANOS_PER_PERIOD_MICRO));
    }

    private static void devices(Path group) {
        CgroupFile.in(group, "devices.deny").write("a");
        DEVICES.forEach(rule -> CgroupFile.in(group, "devices.allow").write(rule));
    }

    private Path need(String controller) {
        return directories
                .apply(controller)
                .orElseThrow(() -> ContainerException.invalid(
                        "this host cannot limit " + controller + ": its cgroup controller is not mounted"));
    }
}
