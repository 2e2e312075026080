package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 10 on a host whose iptables is the legacy one: the same scenarios, in the kernel's other filter. */
class Row10OnLegacyIptablesIT extends Row10PublishedPortIT {
    /** Tables are there from their first use on, and nobody can take them away again. */
    @Override
    void furnish() {
        host.sh("mount --bind /usr/sbin/xtables-legacy-multi /usr/sbin/xtables-nft-multi"
                        + " && for table in filter nat raw; do iptables -t $table -S; done")
                .ok();
    }

    @Test
    void itIsTheLegacyOne() {
        runDetached("-p", "8089:80", IMAGE, "sleep", "1000");

        assertThat(host.run("iptables", "-V").ok()).contains("legacy");
        assertThat(host.netctl("info").ok()).contains("iptables (legacy)");
        assertThat(host.sh("iptables-legacy-save").ok()).contains("--dport 8089");
        assertThat(host.sh("nft list ruleset").out()).doesNotContain("8089");
    }
}
