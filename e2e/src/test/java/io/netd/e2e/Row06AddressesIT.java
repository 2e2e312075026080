package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 6: the daemon listens on several addresses, and the client reaches it on each. */
class Row06AddressesIT extends NetdTestBase {
    @Override
    String[] options() {
        return new String[] {
            "-H", "unix:///run/netd/netd.sock", "-H", "unix:///run/second.sock", "-H", "tcp://127.0.0.1:2375"
        };
    }

    @Test
    void everyAddressAnswers() {
        assertThat(host.netctl("version").ok()).contains("Server: netd");
        assertThat(host.netctl("-H", "unix:///run/second.sock", "version").ok()).contains("Server: netd");
        assertThat(host.netctl("-H", "tcp://127.0.0.1:2375", "ps").ok()).startsWith("CONTAINER ID");
        assertThat(host.run(
                                java.util.Map.of("NETD_HOST", "tcp://127.0.0.1:2375"),
                                new byte[0],
                                Host.dist().resolve("bin/netctl").toString(),
                                "version")
                        .ok())
                .contains("Server: netd");
    }

    @Test
    void theUnixSocketIsForRootOnly() {
        assertThat(host.run("stat", "-c", "%a %U", "/run/netd/netd.sock").ok()).isIn("600 root", "660 root");
    }

    @Test
    void anAddressBeyondLoopbackIsRefusedAtStart() {
        Output output = host.run(
                Host.dist().resolve("bin/netd").toString(), "--exec-root", "/run/other", "-H", "tcp://0.0.0.0:2376");

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("tcp://0.0.0.0:2376").contains("loopback");
    }
}
