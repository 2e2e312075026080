package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks that users make: create, ls, inspect, rm, and run --net. */
class NetworksIT extends NetdTestBase {
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        for (String name : host.netctl("network", "ls", "--format", "{{.Name}}")
                .ok()
                .lines()
                .toList()) {
            if (!List.of("bridge", "host", "none").contains(name)) {
                host.netctl("network", "rm", name).ok();
            }
        }
        super.hostIsAsBefore();
    }

    @Test
    void aNetworkIsABridgeWithASubnetOfItsOwn() {
        String id = host.netctl("network", "create", "blue").ok();

        assertThat(id).matches("[0-9a-f]{64}");
        String link = "br-" + id.substring(0, 12);
        JsonNode bridge =
                json(host.sh("ip -j -d address show dev " + link).ok()).get(0);
        assertThat(bridge.at("/linkinfo/info_kind").asText()).isEqualTo("bridge");
        assertThat(bridge.at("/addr_info/0/local").asText()).isEqualTo("172.18.0.1");
        assertThat(host.netctl("network", "ls", "--no-trunc", "--format", "{{.ID}} {{.Name}} {{.Driver}} {{.Scope}}")
                        .ok()
                        .lines())
                .contains(id + " blue bridge local");
        JsonNode network = json(host.netctl("network", "inspect", "blue").ok()).get(0);
        assertThat(network.at("/IPAM/Config/0/Subnet").asText()).isEqualTo("172.18.0.0/16");
        assertThat(network.at("/IPAM/Config/0/Gateway").asText()).isEqualTo("172.18.0.1");
        assertThat(network.at("/EnableIPv6").asBoolean()).isFalse();
        assertThat(network.at("/Internal").asBoolean()).isFalse();

        assertThat(host.netctl("network", "rm", id.substring(0, 6)).ok()).isEqualTo(id.substring(0, 6));
        assertThat(host.sh("ip link show " + link).exitCode()).isNotZero();
        assertThat(host.sh("ls /var/lib/netd /run/netd/leases").ok())
                .doesNotContain("networks")
                .doesNotContain("blue");
    }

    @Test
    void containersOfANetworkReachOneAnotherAndTheOutside() {
        host.netctl("network", "create", "--ipv6", "--subnet", "10.50.0.0/24", "--gateway", "10.50.0.254", "blue")
                .ok();
        runDetached("--name", "one", "--net", "blue", IMAGE, "sleep", "1000");
        runDetached("--name", "two", "--net", "blue", IMAGE, "sleep", "1000");
        runDetached("--name", "other", IMAGE, "sleep", "1000");

        assertThat(address("one")).isEqualTo("10.50.0.1");
        String six = address6("two");
        assertThat(six).startsWith("fd").endsWith("::3");
        assertThat(ping("one", "10.50.0.2")).isZero();
        assertThat(ping("one", six)).isZero();
        assertThat(ping("one", "10.50.0.254")).isZero();
        assertThat(ping("one", Host.NEIGHBOUR)).isZero();
        assertThat(ping("other", "10.50.0.1")).isNotZero();
        assertThat(ping("one", address("other"))).isNotZero();
        JsonNode place = json(host.netctl("network", "inspect", "blue").ok()).at("/0/Containers");
        assertThat(place).hasSize(2);
        assertThat(place.get(inspect("one").at("/Id").asText())
                        .at("/IPv4Address")
                        .asText())
                .isEqualTo("10.50.0.1/24");
    }

    @Test
    void aNetworkInUseStays() {
        host.netctl("network", "create", "blue").ok();
        String id = runDetached("--name", "one", "--net", "blue", IMAGE, "sleep", "1000");

        Output refused = host.netctl("network", "rm", "blue");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().strip())
                .isEqualTo("Error response from daemon: error while removing network: network blue has active endpoints"
                        + " (name:\"one\" id:\"" + id.substring(0, 12) + "\")");
        host.netctl("stop", "-t", "0", "one").ok();
        host.netctl("network", "rm", "blue").ok();
    }

    @Test
    void optionsOfTheBridge() {
        host.netctl(
                        "network",
                        "create",
                        "-d",
                        "bridge",
                        "-o",
                        "com.docker.network.bridge.name=blue0",
                        "--opt",
                        "com.docker.network.driver.mtu=1400",
                        "-o",
                        "com.docker.network.bridge.host_binding_ipv4=127.0.0.1",
                        "-o",
                        "com.docker.network.bridge.enable_ip_masquerade=false",
                        "blue")
                .ok();
        runDetached("--name", "one", "--net", "blue", "-p", "8090:80", IMAGE, "sleep", "1000");

        assertThat(host.sh("cat /sys/class/net/blue0/mtu").ok()).isEqualTo("1400");
        assertThat(host.netctl("exec", "one", "cat", "/sys/class/net/eth0/mtu").ok())
                .isEqualTo("1400");
        assertThat(host.netctl("port", "one").ok()).isEqualTo("80/tcp -> 127.0.0.1:8090");
        assertThat(host.sh("iptables-save; nft list ruleset").ok()).doesNotContain("172.18.0.0/16 ! -o blue0 -j MASQ");
    }

    @Test
    void whatCannotBeIsRefusedInDockersWords() {
        host.netctl("network", "create", "--subnet", "10.60.0.0/24", "blue").ok();
        host.sh("ip link add taken0 type bridge").ok();
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("blue", "network with name blue already exists");
        refusals.put("host", "operation is not permitted on predefined host network");
        refusals.put(
                "--subnet 10.60.0.0/25 red",
                "invalid pool request: Pool overlaps with other one on this address space: 10.60.0.0/24 is another"
                        + " network's");
        refusals.put(
                "--subnet 203.0.0.0/16 red",
                "invalid pool request: Pool overlaps with other one on this address space: this host reaches"
                        + " 203.0.113.0/24 directly");
        refusals.put("--subnet 10.61.0.5/24 red", "invalid subnet 10.61.0.5/24: it should be 10.61.0.0/24");
        refusals.put("--subnet 10.61.0.0 red", "invalid subnet 10.61.0.0: invalid CIDR block notation");
        refusals.put("--subnet 10.61.0.0/24 --gateway 10.62.0.1 red", "no matching subnet for gateway 10.62.0.1");
        refusals.put("--gateway 10.62.0.1 red", "every ip-range or gateway must have a corresponding subnet");
        refusals.put(
                "--subnet 10.61.0.0/24 --subnet 10.62.0.0/24 red", "bridge driver doesn't support multiple subnets");
        refusals.put("-d overlay red", "could not find plugin overlay: netd has networks of driver bridge");
        refusals.put(
                "-o com.docker.network.bridge.enable_iccc=0 red",
                "unknown network option com.docker.network.bridge.enable_iccc, did you mean"
                        + " com.docker.network.bridge.enable_icc?");
        refusals.put(
                "-o com.docker.network.bridge.gateway_mode_ipv4=isolated red",
                "gateway mode 'isolated' can only be used for an internal network");
        refusals.put(
                "-o com.docker.network.host_ipv4=nowhere red",
                "failed to parse com.docker.network.host_ipv4 value: nowhere (invalid IP address: nowhere)");
        refusals.put(
                "-o com.docker.network.host_ipv6=192.0.2.1 red",
                "failed to parse com.docker.network.host_ipv6 value: 192.0.2.1 (must be one that packets of that"
                        + " family can come from)");
        refusals.put(
                "-o com.docker.network.bridge.trusted_host_interfaces=eth0:a/b red",
                "failed to parse com.docker.network.bridge.trusted_host_interfaces value: eth0:a/b"
                        + " (no name for an interface)");
        refusals.put(
                "-o com.docker.network.bridge.name=taken0 red",
                "link taken0 exists already, and netd did not make it for this network");
        refusals.forEach((flags, message) -> {
            List<String> words = new ArrayList<>(List.of("network", "create"));
            words.addAll(List.of(flags.split(" ")));
            Output output = host.netctl(words.toArray(String[]::new));
            assertThat(output.err().strip()).isEqualTo("netctl: Error response from daemon: " + message);
            assertThat(output.exitCode()).isEqualTo(1);
        });
        host.sh("ip link del taken0").ok();

        Output predefined = host.netctl("network", "rm", "bridge", "blue", "nowhere");
        assertThat(predefined.exitCode()).isEqualTo(1);
        assertThat(predefined.out().strip()).isEqualTo("blue");
        assertThat(predefined.err().lines())
                .containsExactly(
                        "Error response from daemon: bridge is a pre-defined network and cannot be removed",
                        "Error response from daemon: network nowhere not found");
        Output run = host.netctl("run", "--rm", "--net", "blue", IMAGE, "true");
        assertThat(run.err()).contains("network blue not found");
        assertThat(run.exitCode()).isEqualTo(125);
    }

    @Test
    void networksAndTheirContainersOutliveTheDaemon() {
        String id = host.netctl("network", "create", "--ipv6", "blue").ok();
        runDetached("--name", "one", "--net", "blue", IMAGE, "sleep", "1000");
        String before =
                host.sh("ip -o address show dev br-" + id.substring(0, 12)).ok();

        daemon.kill();
        daemon = Daemon.start(host, options());

        assertThat(host.sh("ip -o address show dev br-" + id.substring(0, 12)).ok())
                .isEqualTo(before);
        assertThat(ping("one", Host.NEIGHBOUR)).isZero();
        assertThat(host.netctl("network", "ls", "-q", "--no-trunc").ok()).contains(id);
        runDetached("--name", "two", "--net", "blue", IMAGE, "sleep", "1000");
        assertThat(ping("two", address6("one"))).isZero();
    }

    /** The next container makes it, and the daemon that starts then knows it as its own. */
    @Test
    void aBridgeThatSomebodyTookAwayComesBack() {
        String id = host.netctl("network", "create", "blue").ok();
        String blue = "br-" + id.substring(0, 12);
        host.sh("ip link del docker0; ip link del " + blue).ok();
        runDetached("--name", "one", IMAGE, "sleep", "1000");
        runDetached("--name", "two", "--net", "blue", IMAGE, "sleep", "1000");

        daemon.kill();
        daemon = Daemon.start(host, options());

        assertThat(ping("one", Host.NEIGHBOUR)).isZero();
        assertThat(ping("two", Host.NEIGHBOUR)).isZero();
        runDetached("--name", "three", "--net", "blue", IMAGE, "sleep", "1000");
    }

    private int ping(String container, String address) {
        return host.netctl("exec", container, "ping", "-c", "1", "-W", "2", address)
                .exitCode();
    }

    private String address6(String container) {
        String line = host.sh(
                        "nsenter --target " + pid(container) + " --net ip -j -6 address show dev eth0 scope global")
                .ok();
        return json(line).at("/0/addr_info/0/local").asText();
    }
}
