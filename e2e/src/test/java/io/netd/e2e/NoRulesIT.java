package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A daemon that is told to leave the firewall alone does so. */
class NoRulesIT extends NetdTestBase {
    @Override
    String[] options() {
        return new String[] {"--iptables=false"};
    }

    @Test
    void containersAreConnectedWithoutAnyRule() {
        runDetached("--name", "plain", IMAGE, "sleep", "1000");

        assertThat(host.netctl("exec", "plain", "ping", "-c", "1", "-W", "2", "172.17.0.1")
                        .exitCode())
                .isZero();
        assertThat(host.sh("iptables-save; ip6tables-save").ok().lines().filter(line -> line.startsWith("-A")))
                .isEmpty();
    }

    @Test
    void aPortIsRefusedForWantOfRules() {
        Output output = host.netctl("run", "-d", "-p", "8080:80", IMAGE, "sleep", "1000");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("8080").contains("iptables");
        assertThat(host.sh("iptables-save").ok()).doesNotContain("8080");
    }

    @Test
    void aPortOfARunningContainerIsRefusedInTheSameWords() {
        runDetached("--name", "plain", IMAGE, "sleep", "1000");

        Output output = host.netctl("port", "add", "plain", "-p", "8080:80");

        assertThat(output.exitCode()).isNotZero();
        assertThat(output.err())
                .contains("port 0.0.0.0:8080->80/tcp cannot be published: netd runs with iptables set to false");
        assertThat(host.netctl("port", "plain").ok()).isEmpty();
        assertThat(host.sh("iptables-save; ss -Htln").ok()).doesNotContain("8080");
    }
}
