package io.netd.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.runtime.Limits;
import io.netd.runtime.cgroup.CgroupMounts;
import io.netd.runtime.cgroup.Cgroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The device program of cgroup v2, also where version 2 is mounted beside version 1. */
class DevicesKernelIT {
    @Test
    void onlyTheUsualDevicesOpenAndEverybodyElsesCannot() throws Exception {
        CgroupMounts mounts = CgroupMounts.parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
        Assumptions.assumeTrue(mounts.unified().isPresent(), "no cgroup v2 on this host");
        Cgroups cgroups = Cgroups.in(
                new CgroupMounts(List.of(), mounts.unified()),
                "/netd-test-devices-" + ProcessHandle.current().pid());
        String script = """
                for d in null zero full random urandom; do head -c 0 /dev/$d || echo lost $d; done
                echo x > /dev/null && echo written
                mknod /kmsg c 1 11 && mknod /disk b 8 0 && echo made
                head -c 1 /kmsg; head -c 1 /disk; ls /sys/fs/cgroup/cgroup.procs
                """;
        try (LaunchedRoots roots = new LaunchedRoots()) {
            Cgroups.Membership group = cgroups.make(
                    "devices", new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

            assertThat(roots.run(List.of("busybox"), group, script))
                    .contains("written", "made", "/kmsg: Operation not permitted", "/disk: Operation not permitted")
                    .contains("/sys/fs/cgroup/cgroup.procs")
                    .doesNotContain("lost");
        } finally {
            cgroups.remove("devices");
        }
    }
}
