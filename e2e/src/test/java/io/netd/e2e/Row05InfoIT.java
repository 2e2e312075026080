package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
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
                        .at("/StorageDriver")
                        .asText())
                .isEqualTo("overlay");
    }

    @BeforeAll
    void importTheSameFilesUnderAnotherName() {
        host.sh(Shell.root().resolve("build/busybox-image") + " /tmp/again.tar").ok();
        host.netctl("import", "/tmp/again.tar", "again").ok();
        host.run("rm", "/tmp/again.tar").ok();
    }

    @Test
    void aLayerOfTwoImagesIsStoredOnce() {
        assertThat(host.netctl("images", "-q").ok().lines()).hasSize(2);
        assertThat(host.sh("find /var/lib/netd/layers -name busybox -type f")
                        .ok()
                        .lines())
                .hasSize(1);
    }
}
