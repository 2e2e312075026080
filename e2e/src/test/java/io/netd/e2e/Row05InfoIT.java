package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 5: info names the storage driver and what else the host has. */
class Row05InfoIT extends NetdTestBase {
    @Test
    void infoNamesDriverFilesystemCgroupKernelFirewallAndAddresses() {
        assertThat(host.netctl("info").ok())
                .contains("Storage Driver: overlay")
                .contains("Backing Filesystem: tmpfs")
                .containsPattern("Cgroup Version: [12]")
                .contains("Kernel Version: " + host.run("uname", "-r").ok())
                .containsPattern("Firewall Backend: iptables")
                .contains("unix:///run/netd/netd.sock");
    }

    @Test
    void infoIsJsonForPrograms() {
        assertThat(json(host.netctl("info", "--format", "json").ok())
                        .at("/Storage Driver")
                        .asText())
                .isEqualTo("overlay");
    }

    @Test
    void anImageImportedTwiceIsStoredOnce() {
        host.run(Shell.root().resolve("build/busybox-image").toString(), "/tmp/again.tar")
                .ok();
        String before = host.sh("find /var/lib/netd -type d | wc -l").ok();

        host.netctl("import", "/tmp/again.tar", IMAGE).ok();

        assertThat(host.sh("find /var/lib/netd -type d | wc -l").ok()).isEqualTo(before);
        host.run("rm", "/tmp/again.tar").ok();
    }
}
