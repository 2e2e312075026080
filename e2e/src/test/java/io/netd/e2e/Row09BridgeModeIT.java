package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Row 9: bridge mode, the default: docker0, a veth pair, an address out of its subnet, its address as gateway. */
class Row09BridgeModeIT extends NetdTestBase {
    @Test
    void docker0IsThereWhenTheDaemonHasStarted() {
        JsonNode bridge =
                json(host.sh("ip -j -d address show dev docker0").ok()).get(0);

        assertThat(bridge.at("/linkinfo/info_kind").asText()).isEqualTo("bridge");
        assertThat(bridge.at("/addr_info/0/local").asText()).isEqualTo("172.17.0.1");
        assertThat(bridge.at("/addr_info/0/prefixlen").asInt()).isEqualTo(16);
    }

    @Test
    void aContainerGetsEth0AnAddressAndTheGateway() {
        String id = runDetached(IMAGE, "sleep", "1000");

        assertThat(address(id)).isEqualTo("172.17.0.2");
        assertThat(host.netctl("exec", id, "ip", "route").ok())
                .contains("default via 172.17.0.1 dev eth0")
                .contains("172.17.0.0/16 dev eth0");
        assertThat(host.netctl("exec", id, "ip", "-o", "link").ok().lines()).hasSize(2);
    }

    @Test
    void itsOtherEndIsAVethOnDocker0() {
        runDetached(IMAGE, "sleep", "1000");

        assertThat(host.run("brctl", "show", "docker0").ok())
                .containsPattern("docker0\\s+8000\\.\\S+\\s+no\\s+veth[0-9a-f]+");
    }

    @Test
    void aFreedAddressIsGivenAgain() {
        String first = runDetached(IMAGE, "sleep", "1000");
        runDetached(IMAGE, "sleep", "1000");
        host.netctl("rm", "-f", first).ok();

        assertThat(address(runDetached(IMAGE, "sleep", "1000"))).isEqualTo("172.17.0.2");
    }

    @Test
    void theContainerReachesTheWorldBehindTheHostsAddress() {
        Process listener = host.start("ip", "netns", "exec", "wire", "nc", "-v", "-l", "-n", Host.NEIGHBOUR, "9000");
        try {
            host.sh("until ip netns exec wire ss -ltn | grep -q :9000; do :; done")
                    .ok();
            host.netctl("run", "--rm", IMAGE, "sh", "-c", "echo hi | nc -w 2 " + Host.NEIGHBOUR + " 9000")
                    .ok();

            assertThat(new String(listener.getInputStream().readAllBytes()))
                    .contains("Connection received on " + Host.ADDRESS);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } finally {
            listener.destroy();
        }
    }
}
