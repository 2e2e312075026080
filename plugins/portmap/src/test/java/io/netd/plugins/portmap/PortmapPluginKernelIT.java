package io.netd.plugins.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortmapPluginKernelIT {
    private static final String ALL_RULES =
            "iptables-save | grep -v '^#'; nft list tables;" + " cat /proc/sys/net/ipv4/conf/br7/route_localnet";

    private final PortmapPlugin plugin = new PortmapPlugin();
    private final Town town = new Town();
    private final TestHost host = new TestHost();
    private final TestTraces traces = new TestTraces();

    Sight sight() {
        return Sight.IPTABLES;
    }

    @AfterEach
    void close() {
        traces.undo(host);
        host.close();
        town.close();
    }

    private NetworkConfig config(String options, String mappings) {
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"portmap","backend":"%s"%s,
                 "runtimeConfig":{"portMappings":[%s]},
                 "prevResult":{"cniVersion":"1.0.0",
                  "interfaces":[{"name":"br7"},{"name":"v1"},{"name":"eth0","sandbox":"/ns"}],
                  "ips":[{"address":"10.77.0.2/24","gateway":"10.77.0.1","interface":2}]}}""".formatted(sight().backend(), options, mappings));
    }

    private static String map(int hostPort, int containerPort, String more) {
        return "{\"hostPort\":" + hostPort + ",\"containerPort\":" + containerPort + more + "}";
    }

    private CniResult add(NetworkConfig config, String id) {
        try (TestSandbox sandbox = TestSandbox.of("/ns", town.web.namespace())) {
            return plugin.plan(Requests.add(config, id, sandbox)).apply(host, traces);
        }
    }

    @Test
    void aPublishedPortAnswersFromEverywhere() {
        town.serve(town.web, 80, "web");
        CniResult result = add(config("", map(8080, 80, "")), "c1");

        assertThat(result.interfaces()).hasSize(3);
        assertThat(Town.ask("127.0.0.1", 8080)).as("loopback").contains("web");
        assertThat(Town.ask("192.0.2.1", 8080)).as("the host's own address").contains("web");
        assertThat(Town.ask(town.neighbour, "192.0.2.1", 8080)).as("neighbour").contains("web");
        assertThat(Town.ask(town.other, "10.77.0.1", 8080))
                .as("other container")
                .contains("web");
        assertThat(Town.ask(town.other, "192.0.2.1", 8080))
                .as("other container, outer address")
                .contains("web");
        assertThat(Town.ask(town.web, "10.77.0.1", 8080))
                .as("hairpin to itself")
                .contains("web");
        assertThat(Town.sh(sight().listing())).contains(sight().translation());
    }

    @Test
    void whatMeetsNoConditionIsNotTranslated() {
        town.serve(town.web, 80, "web");
        String words = sight().backend().equals("iptables")
                ? "\"!\",\"-s\",\"192.0.2.2\""
                : "\"ip\",\"saddr\",\"!=\",\"192.0.2.2\"";
        add(config(",\"conditionsV4\":[" + words + "]", map(8080, 80, "")), "c1");

        assertThat(Town.ask("192.0.2.1", 8080)).contains("web");
        assertThat(Town.ask(town.neighbour, "192.0.2.1", 8080)).isEmpty();
    }

    @Test
    void delTakesAllOfItBack() {
        String before = Town.sh(ALL_RULES);
        add(config("", map(8080, 80, "") + "," + map(5353, 53, ",\"protocol\":\"udp\"")), "c1");
        assertThat(Town.sh("cat /proc/sys/net/ipv4/conf/br7/route_localnet")).startsWith("1");
        traces.del(host);
        assertThat(Town.sh(ALL_RULES)).isEqualTo(before);
    }

    @Test
    void routeLocalnetStaysUntilTheLastPublishedContainerIsGone() {
        add(config("", map(8080, 80, "")), "c1");
        TestTraces second = new TestTraces();
        try (TestSandbox sandbox = TestSandbox.of("/ns", town.web.namespace())) {
            plugin.plan(Requests.add(config("", map(8081, 80, "")), "c2", sandbox))
                    .apply(host, second);
        }
        traces.del(host);
        assertThat(Town.sh("cat /proc/sys/net/ipv4/conf/br7/route_localnet")).startsWith("1");
        second.del(host);
        assertThat(Town.sh("cat /proc/sys/net/ipv4/conf/br7/route_localnet")).startsWith("0");
    }

    @Test
    void containersDoNotReachTheHostsLoopbackServices() {
        add(config("", map(8080, 80, "")), "c1");
        town.web.sh("echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet; ip route del local 127.0.0.0/8 table local;"
                + " ip route add 127.0.0.1/32 via 10.77.0.1 src 10.77.0.2");
        try (ServerSocket secret = new ServerSocket(7777)) {
            assertThat(secret.isBound()).isTrue();
            assertThat(town.web.sh("busybox timeout 1 busybox nc -z -w 1 127.0.0.1 7777 && echo open || echo closed"))
                    .contains("closed");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPortPublishedOnLoopbackStaysClosedToTheWire() {
        town.serve(town.web, 80, "web");
        add(config("", map(8080, 80, ",\"hostIP\":\"127.0.0.1\"")), "c1");
        assertThat(Town.ask("127.0.0.1", 8080)).contains("web");
        assertThat(Town.ask(town.neighbour, "192.0.2.1", 8080)).isEmpty();
        Town.sh("echo 1 > /proc/sys/net/ipv4/conf/v3/route_localnet");
        town.neighbour.sh(
                "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet; ip route del local 127.0.0.0/8 table local;"
                        + " ip route add 127.0.0.1/32 via 192.0.2.1 src 192.0.2.2");
        assertThat(Town.ask(town.neighbour, "127.0.0.1", 8080)).isEmpty();
    }

    @Test
    void datagramsFollowThePortAndNotAnOldFlow() {
        town.echo(town.web, 53);
        try (DatagramSocket client = town.neighbour.call(() -> Town.bound(40000))) {
            assertThat(Town.shout(client, "192.0.2.1", 5353, "too early")).isEmpty();
            add(config("", map(5353, 53, ",\"protocol\":\"udp\"")), "c1");
            assertThat(Town.shout(client, "192.0.2.1", 5353, "hello")).isEqualTo("hello");
            assertThat(Town.sh("conntrack -L -p udp 2>/dev/null")).contains("dport=5353");
            traces.del(host);
            assertThat(Town.sh("conntrack -L -p udp 2>/dev/null || true")).doesNotContain("dport=5353");
        }
    }

    @Test
    void aPortOfAnotherContainerIsRefusedWithItsName() {
        add(config("", map(8080, 80, "")), "c1");
        assertThatThrownBy(() -> add(config("", map(8080, 81, "")), "c2"))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("Bind for 0.0.0.0:8080 failed: port is already allocated by container c1")
                .matches(e -> ((CniException) e).code() == ErrorCode.PORT_TAKEN);
    }

    @Test
    void aPortOfAProcessIsRefusedWithItsCommandAndPid() throws IOException {
        try (ServerSocket busy = new ServerSocket(8088)) {
            assertThatThrownBy(() -> add(config("", map(8088, 80, "")), "c1"))
                    .isInstanceOf(CniException.class)
                    .hasMessage("failed to bind host port 0.0.0.0:8088/tcp: address already in use by java (pid "
                            + ProcessHandle.current().pid() + ")");
            assertThat(busy.isBound()).isTrue();
        }
        assertThat(Town.sh(sight().listing())).doesNotContain("8088");
    }

    @Test
    void netdsOwnNetworksHoldThePort() {
        add(config(",\"netd\":{\"protect\":true}", map(8080, 80, "")), "c1");
        assertThat(Town.sh("ss -Htln")).contains(":8080");
        assertThat(Town.sh("iptables-save -t filter"))
                .contains("-A NETD -d 10.77.0.2/32 ! -i br7 -o br7 -p tcp -m tcp --dport 80 -j ACCEPT");
        traces.del(host);
        assertThat(Town.sh("ss -Htln")).doesNotContain(":8080");
    }

    /** Until then the rules may stand that lead from it to this container. */
    @Test
    void aPortIsHeldUntilWhatWasLeftOfItIsUndone() {
        Town.sh("mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys");
        assertThatThrownBy(() -> add(config(",\"netd\":{\"protect\":true}", map(8080, 80, "")), "c1"))
                .hasMessageContaining("route_localnet");
        Town.sh("umount /proc/sys");
        assertThat(traces.left()).isNotEmpty();
        assertThat(Town.sh("ss -Htln")).contains(":8080");
        traces.undo(host);
        assertThat(Town.sh("ss -Htln")).doesNotContain(":8080");
    }

    @Test
    void aBridgeThatIsGoneIsNamed() {
        Town.sh("ip link set br7 name br8");
        assertThatThrownBy(() -> add(config("", map(8080, 80, "")), "c1"))
                .isInstanceOf(CniException.class)
                .hasMessage("interface br7 is gone, by which ports would lead");
        Town.sh("ip link set br8 name br7");
        assertThat(Town.sh(sight().listing())).doesNotContain("8080");
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void checkFailsWhenSomebodyDeletedARule() {
        NetworkConfig config = config("", map(8080, 80, ""));
        CniResult result = add(config, "c1");
        check(config, result);
        String translation = "NETD -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.77.0.2:80";
        Town.sh(sight().delete());
        assertThatThrownBy(() -> check(config, result))
                .isInstanceOf(CniException.class)
                .hasMessage(
                        "rules for the published ports of container c1 are missing: [-t nat -A " + translation + "]");
        Town.sh(sight().restore());
        check(config, result);
        Town.sh(sight().block());
        assertThatThrownBy(() -> check(config, result)).hasMessageContaining("-A PREROUTING -m addrtype");
        Town.sh(sight().flush());
        assertThatThrownBy(() -> check(config, result)).hasMessageContaining("are missing");
    }

    @Test
    void checkMissesNothingWhereThePortIsOfAFamilyThatTheContainerLacks() {
        NetworkConfig config = config("", map(8080, 80, ",\"hostIP\":\"::\""));
        CniResult result = add(config, "c1");
        assertThat(traces.left()).isEmpty();
        check(config, result);
    }

    private void check(NetworkConfig config, CniResult result) {
        try (TestSandbox sandbox = TestSandbox.of("/ns", town.web.namespace())) {
            plugin.check(Requests.check(config, result, "c1", sandbox), host);
        }
    }

    @Test
    void withoutMappingsThePreviousResultPassesThrough() {
        CniResult result = add(config("", ""), "c1");
        assertThat(result.addresses()).hasSize(1);
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void withoutAPreviousResultItIsRefused() {
        NetworkConfig alone = Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"portmap\"}");
        assertThatThrownBy(() -> add(alone, "c1"))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("must be called as chained plugin");
    }
}
