package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Row 12: host mode has the network of the host, but its own files and processes. */
class Row12HostModeIT extends NetdTestBase {
    @Test
    void theNetworkNamespaceIsTheHosts() {
        String id = runDetached("--net", "host", IMAGE, "sleep", "1000");

        assertThat(host.run("readlink", "/proc/" + pid(id) + "/ns/net").ok())
                .isEqualTo(host.run("readlink", "/proc/self/ns/net").ok());
        assertThat(host.netctl("exec", id, "ip", "-o", "address").ok())
                .contains(Host.ADDRESS)
                .contains("docker0");
    }

    @Test
    void inspectShowsNoAddressOfItsOwn() {
        String id = runDetached("--net", "host", IMAGE, "sleep", "1000");

        assertThat(host.netctl("inspect", "--format", "{{.NetworkSettings.IPAddress}}", id)
                        .ok())
                .isEmpty();
    }

    @Test
    void networkInspectListsItWithoutAnAddress() {
        String id = runDetached("--net", "host", "--name", "shared", IMAGE, "sleep", "1000");
        runDetached("--net", "none", "--name", "alone", IMAGE, "sleep", "1000");

        JsonNode containers =
                json(host.netctl("network", "inspect", "host").ok()).at("/0/Containers");
        assertThat(containers.size()).isEqualTo(1);
        assertThat(containers.at("/" + id + "/Name").asText()).isEqualTo("shared");
        assertThat(containers.at("/" + id + "/IPv4Address").asText()).isEmpty();
        assertThat(json(host.netctl("network", "inspect", "none").ok())
                        .at("/0/Containers")
                        .toString())
                .contains("alone")
                .doesNotContain("shared");
    }

    @Test
    void itsPortIsTheHostsPort() {
        runDetached("--net", "host", IMAGE, "httpd", "-f", "-p", "8090", "-h", "/www");
        host.sh("until ss -ltn | grep -q :8090; do :; done").ok();

        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8090/").ok()).isEqualTo("hello from a container");
    }

    @Test
    void filesAndProcessesAreIsolated() {
        String id = runDetached("--net", "host", IMAGE, "sleep", "1000");

        assertThat(host.netctl("exec", id, "ls", "/").ok()).contains("www").doesNotContain("boot");
        assertThat(host.netctl("exec", id, "ps", "-o", "args").ok()).doesNotContain("java");
        assertThat(host.run("readlink", "/proc/" + pid(id) + "/ns/pid").ok())
                .isNotEqualTo(host.run("readlink", "/proc/self/ns/pid").ok());
    }
}
