package io.netd.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ContainerException;
import io.netd.runtime.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {
    private static final Limits ALL =
            new Limits(Optional.of(64L << 20), Optional.of(96L << 20), Optional.of(1_500_000_000L), Optional.of(20L));

    @TempDir
    private Path root;

    private FakeCgroups fake;

    @BeforeEach
    void make() {
        fake = new FakeCgroups(root);
    }

    @Test
    void legacyLimitsGoIntoTheControllersOwnGroups() throws IOException {
        fake.legacyGroup("");
        fake.legacyGroup("netd");
        fake.legacyGroup("netd/c1");
        Files.writeString(root.resolve("cpuset/cpuset.cpus"), "0-3\n");
        Files.writeString(root.resolve("cpuset/cpuset.mems"), "0\n");

        Cgroups.Membership group = Cgroups.in(fake.legacy("cpu", "cpuset", "memory", "pids", "devices"), "/netd")
                .make("c1", ALL);

        assertThat(fake.read("memory/netd/c1/memory.limit_in_bytes")).isEqualTo(Long.toString(64L << 20));
        assertThat(fake.read("memory/netd/c1/memory.memsw.limit_in_bytes")).isEqualTo(Long.toString(96L << 20));
        assertThat(fake.read("cpu/netd/c1/cpu.cfs_quota_us")).isEqualTo("150000");
        assertThat(fake.read("cpu/netd/c1/cpu.cfs_period_us")).isEqualTo("100000");
        assertThat(fake.read("pids/netd/c1/pids.max")).isEqualTo("20");
        assertThat(fake.read("cpuset/netd/cpuset.cpus")).isEqualTo("0-3");
        assertThat(fake.read("cpuset/netd/c1/cpuset.mems")).isEqualTo("0");
        assertThat(fake.read("devices/netd/c1/devices.deny")).isEqualTo("a");
        assertThat(group.directories()).hasSize(5).allMatch(Files::isDirectory);
        assertThat(group.shown()).contains("memory:" + root.resolve("memory/netd/c1"));
        assertThat(group.unified()).isFalse();
    }

    @Test
    void memoryAloneAllowsAsMuchSwap() throws IOException {
        fake.legacyGroup("netd/c1");
        Limits limits = new Limits(Optional.of(8L << 20), Optional.empty(), Optional.empty(), Optional.empty());

        Cgroups.in(fake.legacy("memory"), "/netd").make("c1", limits);

        assertThat(fake.read("memory/netd/c1/memory.memsw.limit_in_bytes")).isEqualTo(Long.toString(16L << 20));
    }

    @Test
    void aLimitWithoutItsControllerIsRefusedAndOthersAreNotMissed() {
        Cgroups cgroups = Cgroups.in(fake.legacy("memory"), "/netd");

        assertThatThrownBy(() -> cgroups.make(
                        "c1", new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(5L))))
                .isInstanceOf(ContainerException.class)
                .hasMessageContaining("cannot limit pids");
        assertThat(root.resolve("memory/netd")).doesNotExist();
        assertThat(cgroups.make("c2", Limits.NONE).directories()).hasSize(1);
    }

    @Test
    void unifiedLimitsCountSwapAlone() throws IOException {
        fake.unifiedGroup("", "cgroup.subtree_control");
        fake.unifiedGroup("netd", "cgroup.subtree_control");
        fake.unifiedGroup("netd/c1", "memory.max", "memory.swap.max", "cpu.max", "pids.max", "cgroup.subtree_control");

        Cgroups cgroups = Cgroups.in(fake.unified(), "/netd");
        Cgroups.Membership group = cgroups.make("c1", ALL);

        assertThat(cgroups.version()).isEqualTo(2);
        assertThat(fake.read("netd/c1/memory.max")).isEqualTo(Long.toString(64L << 20));
        assertThat(fake.read("netd/c1/memory.swap.max")).isEqualTo(Long.toString(32L << 20));
        assertThat(fake.read("netd/c1/cpu.max")).isEqualTo("150000 100000");
        assertThat(fake.read("netd/c1/pids.max")).isEqualTo("20");
        assertThat(fake.read("netd/c1/cgroup.subtree_control")).isEmpty();
        assertThat(fake.read("netd/cgroup.subtree_control")).contains("+pids");
        assertThat(group.unified()).isTrue();
        assertThat(group.directories()).containsExactly(root.resolve("netd/c1"));
    }

    @Test
    void aControllerThatIsNotHandedDownIsNamed() {
        assertThatThrownBy(() -> Cgroups.in(fake.unified(), "/netd").make("c1", ALL))
                .hasMessageContaining("cannot limit memory");
        assertThat(root.resolve("netd")).doesNotExist();
    }

    @Test
    void killsForWantOfMemoryAreRead() throws IOException {
        fake.legacyGroup("netd/c1");
        Files.writeString(
                root.resolve("memory/netd/c1/memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        fake.unifiedGroup("netd/c2", "memory.events");
        Files.writeString(root.resolve("netd/c2/memory.events"), "oom 1\noom_kill 1\noom_group_kill 0\n");

        assertThat(Cgroups.in(fake.legacy("memory"), "/netd").ranOutOfMemory("c1"))
                .isTrue();
        assertThat(Cgroups.in(fake.legacy("memory"), "/netd").ranOutOfMemory("c9"))
                .isFalse();
        assertThat(Cgroups.in(fake.unified(), "/netd").ranOutOfMemory("c2")).isTrue();
    }

    @Test
    void aParentMustBeAnAbsolutePath() {
        assertThatThrownBy(() -> Cgroups.in(fake.unified(), "netd")).hasMessageContaining("absolute path");
        assertThatThrownBy(() -> Cgroups.in(fake.unified(), "/a/../..")).hasMessageContaining("absolute path");
    }

    @Test
    void mountinfoTellsTheHierarchies() {
        CgroupMounts mounts = CgroupMounts.parse(List.of(
                "23 28 0:22 / /proc rw shared:5 - proc proc rw",
                "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct",
                "36 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd",
                "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw",
                "nonsense",
                ""));

        assertThat(mounts.legacy())
                .containsExactly(
                        new CgroupMounts.Legacy(Path.of("/sys/fs/cgroup/cpu,cpuacct"), List.of("cpu", "cpuacct")),
                        new CgroupMounts.Legacy(Path.of("/sys/fs/cgroup/memory"), List.of("memory")));
        assertThat(mounts.unified()).contains(Path.of("/sys/fs/cgroup/unified"));
        assertThat(mounts.isLegacy()).isTrue();
    }
}
