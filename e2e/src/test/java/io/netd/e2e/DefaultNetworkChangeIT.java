package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The default network gets IPv6 and loses it again, from one start of the daemon to the next. */
class DefaultNetworkChangeIT extends Ipv6WireTestBase {
    private static final String WIRE = "ip netns exec wire";

    /** A docker0 that is made anew has another hardware address. */
    @Override
    List<String> changes() {
        return super.changes().stream()
                .filter(line -> !line.matches("links: (gone|new): docker0: .*"))
                .toList();
    }

    @Test
    void withoutASubnetItGetsOneOfThisHostsOwn() {
        restartWith("--ipv6");
        String chosen = subnet6();

        assertThat(chosen).startsWith("fd").endsWith("::/64");
        runDetached("--name", "one", IMAGE, "sleep", "1000");
        assertThat(ping("one", gateway6())).isZero();
        assertThat(ping("one", WIRE6)).isZero();
        restartWith("--ipv6");
        assertThat(subnet6()).isEqualTo(chosen);
    }

    @Test
    void itLosesIpv6WithItsLastContainer() {
        restartWith("--ipv6", "--fixed-cidr-v6", "fd18::/64");
        assertThat(addresses6()).contains("fd18::1/64");
        restartWith("--ipv6", "--fixed-cidr-v6", "fd19::/64");
        assertThat(addresses6()).contains("fd19::1/64").doesNotContain("fd18::");

        restartWith("--fixed-cidr-v6", "fd19::/64");

        assertThat(addresses6()).isEmpty();
        assertThat(subnet6()).isEmpty();
    }

    @Test
    void withoutMasqueradingContainersKeepTheirAddresses() {
        restartWith("--ip-masq=false", "--ipv6", "--fixed-cidr-v6", "fd17::/64");
        runDetached("--name", "one", IMAGE, "sleep", "1000");
        assertThat(ping("one", Host.NEIGHBOUR)).isNotZero();
        assertThat(ping("one", WIRE6)).isNotZero();

        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS + "; ip -n wire route add fd17::/64 via "
                        + HOST6)
                .ok();

        assertThat(ping("one", Host.NEIGHBOUR)).isZero();
        assertThat(ping("one", WIRE6)).isZero();
    }

    @Test
    void masqueradingCountsForContainersThatRun() {
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS).ok();
        runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q ':80 '; do :; done")
                .ok();
        host.netctl("port", "add", "web", "-p", "8130:80", "-p", "127.0.0.1:8132:80")
                .ok();
        assertThat(end(WIRE, "172.17.0.2")).isNotZero();

        restartWith("--ip-masq=false");

        for (String from : List.of(WIRE, "", "nsenter --net --target " + pid("web"))) {
            assertThat(end(from, Host.ADDRESS + ":8130")).as(from).isZero();
        }
        assertThat(end("", "127.0.0.1:8130")).isZero();
        assertThat(end("", "127.0.0.1:8132")).isZero();
        assertThat(end(WIRE, "172.17.0.2")).isZero();

        restartWith(options());

        assertThat(end(WIRE, Host.ADDRESS + ":8130")).isZero();
        assertThat(end(WIRE, "172.17.0.2")).isNotZero();
    }

    @Test
    void inspectShowsTheOptionsThatDockerShows() {
        assertThat(shownOptions()).isEqualTo(json("""
                {"com.docker.network.bridge.default_bridge": "true",
                 "com.docker.network.bridge.enable_icc": "true",
                 "com.docker.network.bridge.enable_ip_masquerade": "true",
                 "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0",
                 "com.docker.network.bridge.name": "docker0",
                 "com.docker.network.driver.mtu": "1500"}"""));

        restartWith("--icc=false", "--ip-masq=false", "--ip=127.0.0.1");

        JsonNode options = shownOptions();
        assertThat(options.get("com.docker.network.bridge.enable_icc").asText()).isEqualTo("false");
        assertThat(options.get("com.docker.network.bridge.enable_ip_masquerade").asText())
                .isEqualTo("false");
        assertThat(options.get("com.docker.network.bridge.host_binding_ipv4").asText())
                .isEqualTo("127.0.0.1");
    }

    private JsonNode shownOptions() {
        return json(host.netctl("network", "inspect", "bridge").ok()).at("/0/Options");
    }

    /** The exit code. */
    private int end(String from, String place) {
        return host.sh(from + " curl -sS -o /dev/null --max-time 2 http://" + place + "/")
                .exitCode();
    }

    private String addresses6() {
        return host.sh("ip -o -6 address show dev docker0 scope global").ok();
    }

    private String subnet6() {
        return json(host.netctl("network", "inspect", "bridge").ok())
                .at("/0/IPAM/Config/1/Subnet")
                .asText();
    }

    private String gateway6() {
        return json(host.netctl("network", "inspect", "bridge").ok())
                .at("/0/IPAM/Config/1/Gateway")
                .asText();
    }
}
