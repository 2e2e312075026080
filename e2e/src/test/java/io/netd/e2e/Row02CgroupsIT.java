package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 2: cgroups limit memory, processor time and processes, and each limit bites. */
class Row02CgroupsIT extends NetdTestBase {
    @Test
    void aProgramThatTakesMoreMemoryThanItsLimitIsKilled() {
        Output output =
                host.netctl("run", "-m", "16m", IMAGE, "dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1");

        assertThat(output.exitCode()).isEqualTo(137);
        String id = host.netctl("ps", "-aq").ok();
        assertThat(inspect(id).at("/State/OOMKilled").asBoolean()).isTrue();
    }

    @Test
    void theSameProgramRunsWithoutTheLimit() {
        assertThat(host.netctl("run", "--rm", IMAGE, "dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1")
                        .exitCode())
                .isZero();
    }

    @Test
    void aBusyProgramIsThrottledToItsShareOfAProcessor() {
        String id = runDetached("--cpus", "0.2", IMAGE, "sh", "-c", "while :; do :; done");
        String stat = "$(sed -n \"s#^[0-9]*:cpu:#/sys/fs/cgroup/cpu#p; s#^0::/netd-#/sys/fs/cgroup/netd-#p\" /proc/"
                + pid(id) + "/cgroup | head -1)/cpu.stat";

        String throttled = "for i in $(seq 100); do n=$(awk \"/nr_throttled/ {print \\$2}\" " + stat
                + "); [ \"$n\" -gt 2 ] && break; sleep 0.1; done; echo $n";
        assertThat(Integer.parseInt(host.sh(throttled).ok())).isGreaterThan(2);
    }

    @Test
    void noMoreProcessesThanTheLimitAreStarted() {
        Output output = host.netctl(
                "run", "--rm", "--pids-limit", "4", IMAGE, "sh", "-c", "for i in 1 2 3 4 5 6; do sleep 5 & done; wait");

        assertThat(output.err()).contains("can't fork");
    }
}
