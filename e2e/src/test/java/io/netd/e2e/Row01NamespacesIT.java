package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 1: namespaces isolate network, processes, IPC, mounts and host name. */
class Row01NamespacesIT extends NetdTestBase {
    @ParameterizedTest
    @ValueSource(strings = {"net", "pid", "ipc", "mnt", "uts", "cgroup"})
    void aContainerHasItsOwn(String namespace) {
        String one = runDetached(IMAGE, "sleep", "1000");
        String two = runDetached(IMAGE, "sleep", "1000");
        String link = "/ns/" + namespace;

        assertThat(host.run("readlink", "/proc/" + pid(one) + link).ok())
                .isNotEqualTo(host.run("readlink", "/proc/" + pid(two) + link).ok())
                .isNotEqualTo(host.run("readlink", "/proc/self" + link).ok());
    }

    @Test
    void processesOfOthersAreNotSeenInside() {
        runDetached("--name", "other", IMAGE, "sleep", "1111");
        runDetached("--name", "me", IMAGE, "sleep", "2222");

        assertThat(host.netctl("exec", "me", "ps", "-o", "pid,args").ok())
                .contains("    1 sleep 2222")
                .doesNotContain("sleep 1111")
                .doesNotContain("netd");
    }

    @Test
    void semaphoresOfTheHostAreNotSeenInside() {
        host.run("ipcmk", "-S", "1").ok();
        runDetached("--name", "me", IMAGE, "sleep", "1000");

        assertThat(host.sh("tail -n +2 /proc/sysvipc/sem").ok()).isNotEmpty();
        assertThat(host.netctl("exec", "me", "tail", "-n", "+2", "/proc/sysvipc/sem")
                        .ok())
                .isEmpty();
        host.run("ipcrm", "--all=sem").ok();
    }

    @Test
    void aMountInsideIsNotSeenOutside() {
        runDetached("--name", "me", IMAGE, "sleep", "1000");

        assertThat(host.sh("cat /proc/self/mountinfo").ok()).doesNotContain("overlay");
        assertThat(host.netctl("exec", "me", "cat", "/proc/self/mountinfo").ok())
                .contains(" / / ")
                .contains("overlay");
    }

    @Test
    void theHostNameIsTheContainersOwn() {
        String before = host.run("hostname").ok();
        String id = runDetached(IMAGE, "sleep", "1000");
        runDetached("--name", "named", "--hostname", "alpha", IMAGE, "sleep", "1000");

        assertThat(host.netctl("exec", id, "hostname").ok()).isEqualTo(id.substring(0, 12));
        assertThat(host.netctl("exec", "named", "hostname").ok()).isEqualTo("alpha");
        assertThat(host.run("hostname").ok()).isEqualTo(before);
    }
}
