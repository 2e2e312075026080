package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code run --ip} and {@code --ip6}, and which addresses {@code inspect} shows. */
class WantedAddressIT extends NetdTestBase {
    private static final String REFUSED = "Error response from daemon: invalid config for network ";

    /** A network with IPv6 turns forwarding on, which stays until netd is uninstalled. */
    @Override
    void furnish() {
        host.sh("sysctl -qw net.ipv6.conf.all.forwarding=1").ok();
    }

    @BeforeEach
    void makeNetworks() {
        host.netctl("network", "create", "--subnet", "10.70.0.0/24", "--subnet", "fd70::/64", "blue")
                .ok();
        host.netctl("network", "create", "red").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        host.netctl("network", "rm", "blue", "red").ok();
        super.hostIsAsBefore();
    }

    @Test
    void aContainerHasTheAddressesThatItIsToHave() {
        run("one", "--ip", "10.70.0.70", "--ip6", "fd70::70");
        run("two", "--ip6", "fd70::2");
        run("three");

        assertThat(addresses("one")).containsExactly("10.70.0.70/24", "fd70::70/64");
        assertThat(addresses("two")).containsExactly("10.70.0.2/24", "fd70::2/64");
        assertThat(addresses("three")).containsExactly("10.70.0.3/24", "fd70::3/64");
        assertThat(ping("three", "10.70.0.70")).isZero();
        assertThat(ping("three", "fd70::70")).isZero();
        assertThat(ping("one", "fd70::1")).isZero();
        daemon.kill();
        daemon = Daemon.start(host, options());
        assertTaken("10.70.0.70 is container one's", "--ip", "10.70.0.70");
        assertTaken("fd70::70 is container one's", "--ip6", "fd70::70");
        host.netctl("rm", "-f", "one").ok();
        run("four", "--ip", "10.70.0.70", "--ip6", "fd70::70");
        assertThat(ping("three", "10.70.0.70")).isZero();
        assertThat(ping("three", "fd70::70")).isZero();
    }

    @Test
    void aNetworkWhoseSubnetWasChosenHasThemToo() {
        String gateway = json(host.netctl("network", "inspect", "red").ok())
                .at("/0/IPAM/Config/0/Gateway")
                .asText();
        String wanted = gateway.replaceFirst("\\.0\\.1$", ".9.9");
        runDetached("--name", "one", "--net", "red", "--ip", wanted, IMAGE, "sleep", "1000");

        assertThat(addresses("one")).containsExactly(wanted + "/16");
    }

    @Test
    void inspectShowsBothFamilies() {
        run("one", "--ip6", "fd70::70");
        runDetached("--name", "four", IMAGE, "sleep", "1000");

        for (String place : List.of("/NetworkSettings", "/NetworkSettings/Networks/blue")) {
            JsonNode settings = inspect("one").at(place);
            assertThat(settings.at("/IPAddress").asText()).isEqualTo("10.70.0.2");
            assertThat(settings.at("/IPPrefixLen").asInt()).isEqualTo(24);
            assertThat(settings.at("/Gateway").asText()).isEqualTo("10.70.0.1");
            assertThat(settings.at("/GlobalIPv6Address").asText()).isEqualTo("fd70::70");
            assertThat(settings.at("/GlobalIPv6PrefixLen").asInt()).isEqualTo(64);
            assertThat(settings.at("/IPv6Gateway").asText()).isEqualTo("fd70::1");
        }
        assertThat(inspect("one").at("/NetworkSettings/Networks/blue/IPAMConfig"))
                .isEqualTo(json("{\"IPv6Address\":\"fd70::70\"}"));
        assertThat(json(host.netctl("network", "inspect", "blue").ok())
                        .at("/0/Containers/" + inspect("one").at("/Id").asText() + "/IPv6Address")
                        .asText())
                .isEqualTo("fd70::70/64");
        JsonNode four = inspect("four").at("/NetworkSettings");
        assertThat(four.at("/IPAddress").asText()).startsWith("172.17.");
        assertThat(four.at("/GlobalIPv6Address").asText()).isEmpty();
        assertThat(four.at("/GlobalIPv6PrefixLen").asInt()).isZero();
        assertThat(four.at("/IPv6Gateway").asText()).isEmpty();
        assertThat(four.at("/Networks/bridge/IPAMConfig").isNull()).isTrue();
    }

    @Test
    void whatCannotBeIsRefusedInDockersWords() {
        String users = "user specified IP address is supported on user defined networks only";
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("--ip 172.17.0.9", REFUSED + "bridge: invalid endpoint settings:\n" + users);
        refusals.put(
                "--net host --ip 10.70.0.9",
                REFUSED + "host: invalid endpoint settings:\n* " + users
                        + "\n* no configured subnet contains IP address 10.70.0.9");
        refusals.put(
                "--net blue --ip 10.71.0.9",
                REFUSED + "blue: invalid endpoint settings:\nno configured subnet contains IP address 10.71.0.9");
        refusals.put(
                "--net red --ip6 fd70::9",
                REFUSED + "red: invalid endpoint settings:\nno configured subnet contains IP address fd70::9");
        refusals.put("--net blue --ip fd70::9", "Error response from daemon: invalid IPv4 address: fd70::9");
        refusals.put("--net blue --ip6 10.70.0.9", "Error response from daemon: invalid IPv6 address: 10.70.0.9");
        refusals.put("--net blue --ip 0.0.0.0", "Error response from daemon: invalid IPv4 address: 0.0.0.0");
        refusals.forEach((flags, message) -> {
            Output output = start(flags.split(" "));
            assertThat(output.err().strip()).isEqualTo("netctl: " + message);
            assertThat(output.exitCode()).isEqualTo(125);
        });
        assertThat(host.netctl("ps", "-aq").ok()).isEmpty();
    }

    @Test
    void whatIsReservedIsInUse() {
        for (String reserved : List.of("10.70.0.1", "10.70.0.0", "10.70.0.255")) {
            assertTaken(reserved, "--ip", reserved);
        }
        assertTaken("fd70::1", "--ip6", "fd70::1");
        assertTaken("fd70::", "--ip6", "fd70::");
    }

    private void assertTaken(String words, String flag, String address) {
        Output output = start("--rm", "--net", "blue", flag, address);
        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("Address already in use").contains(words);
    }

    private Output start(String... flags) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "true"));
        return host.netctl(words.toArray(String[]::new));
    }

    private void run(String name, String... flags) {
        List<String> words = new ArrayList<>(List.of("--name", name, "--net", "blue"));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "sleep", "1000"));
        runDetached(words.toArray(String[]::new));
    }

    /** As {@code ip} inside sees them. */
    private List<String> addresses(String container) {
        return host.sh("nsenter --target " + pid(container) + " --net ip -j address show dev eth0 scope global"
                        + " | jq -r '.[].addr_info[] | select(.local) | \"\\(.local)/\\(.prefixlen)\"'")
                .ok()
                .lines()
                .toList();
    }

    private int ping(String container, String address) {
        return host.netctl("exec", container, "ping", "-c", "1", "-W", "2", address)
                .exitCode();
    }
}
