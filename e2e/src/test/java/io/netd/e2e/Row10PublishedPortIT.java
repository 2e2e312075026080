package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Row 10: -p makes DNAT rules that iptables shows, whose counters move when the port is used. */
class Row10PublishedPortIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";

    @Test
    void aPublishedPortAnswersFromEverywhere() {
        runDetached("--name", "web", "-p", "8080:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(host.sh("curl -sS --max-time 5 http://" + Host.ADDRESS + ":8080/")
                        .ok())
                .isEqualTo(PAGE);
        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8080/").ok()).isEqualTo(PAGE);
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8080/")
                        .ok())
                .isEqualTo(PAGE);
        assertThat(host.netctl("run", "--rm", IMAGE, "wget", "-qO-", "http://" + Host.ADDRESS + ":8080/")
                        .ok())
                .as("a neighbour through the published port")
                .isEqualTo(PAGE);
        assertThat(host.netctl("exec", "web", "wget", "-qO-", "http://" + Host.ADDRESS + ":8080/")
                        .ok())
                .as("the container itself through the published port")
                .isEqualTo(PAGE);
    }

    @Test
    void theDnatRuleIsListedAndItsCounterMoves() {
        runDetached("--name", "web", "-p", "8081:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        assertThat(counted8081()).isEqualTo("0 packets, 0 bytes");

        host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8081/")
                .ok();

        assertThat(counted8081()).isEqualTo("1 packets, 60 bytes");
    }

    /** What has passed the translation of port 8081 to 172.17.0.2:80. */
    String counted8081() {
        return host.sh("iptables -t nat -vnL | grep \"DNAT .*dpt:8081 to:172.17.0.2:80\""
                        + " | awk '{print $1 \" packets, \" $2 \" bytes\"}'")
                .ok();
    }

    @Test
    void aTakenPortIsRefusedWithItsHoldersName() {
        runDetached("--name", "first", "-p", "8082:80", IMAGE, "sleep", "1000");

        Output second = host.netctl("run", "-d", "--name", "second", "-p", "8082:80", IMAGE, "sleep", "1000");

        assertThat(second.exitCode()).isEqualTo(125);
        assertThat(second.err()).contains("8082").contains("first");
        assertThat(host.netctl("ps", "-a", "--format", "{{.Names}} {{.Status}}").ok())
                .contains("second Created");
        JsonNode state = inspect("second").at("/State");
        assertThat(state.at("/Status").asText()).isEqualTo("created");
        assertThat(state.at("/Error").asText()).contains("8082");
    }

    @Test
    void aPortHeldByAnotherProgramIsRefusedWithItsName() {
        Process other = host.start("nc", "-l", "-n", "0.0.0.0", "8083");
        try {
            host.sh("until ss -ltn | grep -q :8083; do :; done").ok();

            Output output = host.netctl("run", "--rm", "-p", "8083:80", IMAGE, "true");

            assertThat(output.exitCode()).isEqualTo(125);
            assertThat(output.err()).contains("8083").contains("nc");
        } finally {
            other.destroy();
        }
    }

    @Test
    void portAndPsPrintWhatIsPublished() {
        runDetached("--name", "web", "-p", "127.0.0.1:8084:80", IMAGE, "sleep", "1000");

        assertThat(host.netctl("port", "web").ok()).isEqualTo("80/tcp -> 127.0.0.1:8084");
        assertThat(host.netctl("ps", "--format", "{{.Ports}}").ok()).isEqualTo("127.0.0.1:8084->80/tcp");
    }
}
