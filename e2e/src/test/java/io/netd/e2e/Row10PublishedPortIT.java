package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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

    /** The first, one amid and the last of each range, from the wire and through the host's loopback. */
    @Test
    void rangesArePublishedPortByPort() {
        String serve = "for p in 9000 9050 9099 70 73 79; do nc -ll -p $p -e echo $p & done; wait";
        runDetached("--name", "many", "-p", "9000-9099:9000-9099", "-p", "9170-9179:70-79", IMAGE, "sh", "-c", serve);
        host.netctl("exec", "many", "sh", "-c", "until [ $(netstat -ltn | grep -c :) = 6 ]; do :; done")
                .ok();

        for (String port : List.of("9000 9000", "9050 9050", "9099 9099", "9170 70", "9173 73", "9179 79")) {
            String[] numbers = port.split(" ");
            String fetch = "nc -w 5 " + Host.ADDRESS + " " + numbers[0] + " </dev/null";
            assertThat(host.sh("ip netns exec wire " + fetch).ok()).isEqualTo(numbers[1]);
            assertThat(host.sh("nc -w 5 127.0.0.1 " + numbers[0] + " </dev/null")
                            .ok())
                    .isEqualTo(numbers[1]);
        }
        assertThat(host.sh("ip netns exec wire nc -z -w 1 " + Host.ADDRESS + " 9100")
                        .exitCode())
                .isNotZero();
        host.netctl("rm", "-f", "many").ok();
        assertThat(host.sh("iptables-save; iptables-legacy-save; nft list ruleset")
                        .ok())
                .doesNotContain("9000", "9170");
    }

    /** What has passed the translation of port 8081 to 172.17.0.2:80. */
    String counted8081() {
        return host.sh("iptables -t nat -vnL | grep \"DNAT .*dpt:8081 to:172.17.0.2:80\""
                        + " | awk '{print $1 \" packets, \" $2 \" bytes\"}'")
                .ok();
    }

    @Test
    void anUnpublishedPortIsNotReachedFromTheWire() {
        runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(fetchByAddressFromTheWire()).isEqualTo(28);
    }

    @Test
    void aPublishedPortIsReachedThroughTheHostOnly() {
        runDetached("--name", "web", "-p", "8088:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        assertThat(fetchByAddressFromTheWire()).isEqualTo(28);
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8088/")
                        .ok())
                .isEqualTo(PAGE);
    }

    /** Exit code of curl, which is 28 for a time-out. */
    private int fetchByAddressFromTheWire() {
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS).ok();
        Output output = host.sh("ip netns exec wire curl -sS --max-time 1 http://172.17.0.2/");
        host.sh("ip -n wire route del 172.17.0.0/16").ok();
        return output.exitCode();
    }

    @Test
    void udpIsPublishedToo() {
        String id = runDetached("-p", "5353:53/udp", IMAGE, "sleep", "1000");
        Process server = host.start(
                "nsenter", "--target", "" + pid(id), "--net", "sh", "-c", "echo pong | nc -u -l -w 5 0.0.0.0 53");
        try {
            host.sh("until nsenter --target " + pid(id) + " --net ss -lun | grep -q :53; do :; done")
                    .ok();

            assertThat(host.sh("ip netns exec wire sh -c \"echo ping | nc -u -w 1 " + Host.ADDRESS + " 5353\"")
                            .ok())
                    .isEqualTo("pong");
        } finally {
            server.destroy();
        }
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

    /** A neighbour may send packets for 127.0.0.1 over the wire, and a host that routes such takes them in. */
    @Test
    void aPortPublishedOnLoopbackIsNotReachedFromTheWire() {
        runDetached("--name", "web", "-p", "127.0.0.1:8085:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
        host.sh("sysctl -qw net.ipv4.conf.uplink.route_localnet=1; ip -n wire address del 127.0.0.1/8 dev lo;"
                        + " ip netns exec wire sysctl -qw net.ipv4.conf.eth0.route_localnet=1;"
                        + " ip -n wire route add 127.0.0.1 via " + Host.ADDRESS + " src " + Host.NEIGHBOUR)
                .ok();

        assertThat(host.sh("curl -sS --max-time 5 http://127.0.0.1:8085/").ok()).isEqualTo(PAGE);
        Output overTheWire = host.sh("ip netns exec wire curl -sS --max-time 1 http://127.0.0.1:8085/");
        host.sh("ip -n wire route del 127.0.0.1; ip -n wire address add 127.0.0.1/8 dev lo;"
                        + " sysctl -qw net.ipv4.conf.uplink.route_localnet=0")
                .ok();

        assertThat(overTheWire.exitCode()).as("curl's code for a time-out").isEqualTo(28);
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8085/")
                        .exitCode())
                .isNotZero();
    }

    /** Published ports need route_localnet on docker0, which alone would open the host's loopback to containers. */
    @Test
    void aContainerDoesNotReachTheHostsLoopback() {
        String id = runDetached("-p", "8086:80", IMAGE, "sleep", "1000");
        String inside = "nsenter --target " + pid(id) + " --net ";
        Process service = host.start("nc", "-l", "-k", "-n", "127.0.0.1", "7777");
        try {
            host.sh("until ss -ltn | grep -q :7777; do :; done").ok();
            // A container that may do all this is a privileged one.
            host.sh(inside + "ip address del 127.0.0.1/8 dev lo; " + inside
                            + "sysctl -qw net.ipv4.conf.eth0.route_localnet=1; " + inside
                            + "ip route add 127.0.0.1 via 172.17.0.1 src " + address(id))
                    .ok();

            assertThat(host.sh(inside + "nc -z -w 1 127.0.0.1 7777").exitCode()).isNotZero();
            assertThat(host.sh("nc -z -w 1 127.0.0.1 7777").exitCode()).isZero();
        } finally {
            service.destroy();
        }
    }

    @Test
    void aPortPublishedOnOneAddressIsBoundToIt() {
        host.sh("ip address add 203.0.113.7/24 dev uplink").ok();
        runDetached("--name", "web", "-p", "203.0.113.7:8087:80", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();

        Output there = host.sh("ip netns exec wire curl -sS --max-time 5 http://203.0.113.7:8087/");
        Output elsewhere = host.sh("ip netns exec wire curl -sS --max-time 5 http://" + Host.ADDRESS + ":8087/");
        host.netctl("rm", "-f", "web").ok();
        host.sh("ip address del 203.0.113.7/24 dev uplink").ok();

        assertThat(there.ok()).isEqualTo(PAGE);
        assertThat(elsewhere.exitCode()).as("curl's code for a refusal").isEqualTo(7);
    }
}
