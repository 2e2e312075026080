package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 10 on a host whose iptables is the legacy one: the same scenarios, in the kernel's other filter. */
class Row10OnLegacyIptablesIT extends Row10PublishedPortIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
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
