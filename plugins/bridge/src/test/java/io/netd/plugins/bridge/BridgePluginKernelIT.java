package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgePluginKernelIT extends BridgeKernelTestBase {
    @Test
    void addGivesAddressRouteAndTheWayToTheBridge() {
        CniResult result = add(network(""), "c1", first);

        assertThat(result.interfaces())
                .extracting(CniInterface::name)
                .element(0)
                .isEqualTo("br7");
        assertThat(result.interfaces().get(1).name()).matches("veth[0-9a-f]{8}");
        assertThat(result.interfaces().get(2).name()).isEqualTo("eth0");
        assertThat(first.sh("ip -o -4 addr show eth0")).contains("10.77.0.2/24 brd 10.77.0.255");
        assertThat(first.sh("ip route")).contains("default via 10.77.0.1 dev eth0");
        assertThat(first.sh("ip -o link show eth0"))
                .contains("state UP")
                .contains(result.interfaces().get(2).mac().orElseThrow().toString());
        assertThat(sh("ip -o -4 addr show br7")).contains("10.77.0.1/24");
        assertThat(sh("bridge link"))
                .contains(result.interfaces().get(1).name())
                .contains("master br7");
        assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).startsWith("1");
        assertThat(first.sh("cat /proc/sys/net/ipv4/conf/eth0/arp_notify")).startsWith("1");
        first.sh("busybox ping -c1 -W2 10.77.0.1");
    }

    @Test
    void twoContainersReachEachOther() {
        add(network(""), "c1", first);
        add(network(""), "c2", second);
        first.sh("busybox ping -c1 -W2 10.77.0.3");
    }

    @Test
    void theBridgesAddressStaysWhenPortsComeAndGo() {
        add(network(""), "c1", first);
        String mac =
                sh("cat /sys/class/net/br7/address 2>/dev/null || ip -o link show br7 | grep -o 'ether [0-9a-f:]*'");
        add(network(""), "c2", second);
        traces.del(host);
        assertThat(sh("cat /sys/class/net/br7/address 2>/dev/null || ip -o link show br7 | grep -o 'ether [0-9a-f:]*'"))
                .isEqualTo(mac);
    }

    @Test
    void theAddressOfABridgeThatSomebodyMadeStaysToo() {
        String mac = sh("ip link add br7 type bridge; ip -o link show br7 | grep -o 'ether [0-9a-f:]*'");
        CniResult result = add(network(""), "c1", first);
        assertThat("ether " + result.interfaces().get(0).mac().orElseThrow() + "\n")
                .isEqualTo(mac);
        assertThat(sh("ip -o link show br7 | grep -o 'ether [0-9a-f:]*'")).isEqualTo(mac);
    }

    @Test
    void delLeavesTheBridgeAndNothingElse() {
        add(network(",\"ipMasq\":true,\"netd\":{\"protect\":true}"), "c1", first);
        assertThat(sh("iptables-save")).contains("-A POSTROUTING -s 10.77.0.0/24 ! -o br7 -j MASQUERADE");
        traces.del(host);
        assertThat(sh("ip -o link")).contains("br7").doesNotContain("veth");
        assertThat(sh("iptables-save")).doesNotContain("10.77").doesNotContain("NETD");
        assertThat(sh("ls " + leases + "/net")).doesNotContain("10.77.0.2");
    }

    @Test
    void aFailedAddPutsTheHostBackExactly() {
        add(network(",\"ipMasq\":true"), "c1", first);
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void aFailedAddLeavesForwardingToWhoeverNeedsIt() {
        add(network(""), "c1", first);
        TestTraces others = new TestTraces();
        add(network(""), "c2", second, others);
        traces.undo(host);
        assertThat(sh("cat /proc/sys/net/ipv4/ip_forward")).startsWith("1");
        others.undo(host);
    }

    @Test
    void anInterfaceThatExistsIsRefusedAndNothingStays() {
        first.sh("ip link add eth0 type veth peer name eth1");
        assertThatThrownBy(() -> add(network(""), "c1", first))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("container veth name provided (eth0) already exists");
        traces.undo(host);
        assertThat(first.sh("ip link show eth0")).contains("eth0@eth1");
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void masqueradingMayStandInNftables() {
        String before = sh("iptables-save | grep -v '^#'; nft list tables");
        add(network(",\"ipMasq\":true,\"ipMasqBackend\":\"nftables\""), "c1", first);
        assertThat(sh("nft -s list table ip netd"))
                .contains("ip saddr 10.77.0.0/24 oifname != \"br7\" counter masquerade");
        assertThat(sh("iptables-save")).doesNotContain("10.77");
        traces.del(host);
        assertThat(sh("iptables-save | grep -v '^#'; nft list tables")).isEqualTo(before);
    }

    @Test
    void aNameThatIsNoBridgeIsRefused() {
        sh("ip link add br7 type veth peer name dum");
        assertThatThrownBy(() -> add(network(""), "c1", first))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"br7\" already exists but is not a bridge");
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void anotherAddressOnTheBridgeIsRefusedUnlessForced() {
        sh("ip link add br7 type bridge; ip addr add 10.78.0.1/24 dev br7");
        String busy = photograph();
        assertThatThrownBy(() -> add(network(""), "c1", first))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("\"br7\" already has an IP address different from 10.77.0.1/24");
        traces.undo(host);
        assertThat(photograph()).isEqualTo(busy);
        add(network(",\"forceAddress\":true"), "c1", first);
        assertThat(sh("ip -o -4 addr show br7")).contains("10.77.0.1/24").doesNotContain("10.78");
    }

    @Test
    void theGatewayOnAnotherInterfaceIsRefusedByName() {
        sh("ip link add dum type bridge; ip addr add 10.77.0.1/16 dev dum");
        assertThatThrownBy(() -> add(network(""), "c1", first))
                .hasMessage("bridge br7: address 10.77.0.1/24 is already on dum");
    }

    @Test
    void theSameContainerTwiceKeepsTheFirstLease() {
        add(network(""), "c1", first);
        TestTraces again = new TestTraces();
        try (TestSandbox sandbox = TestSandbox.of("/x", second.namespace())) {
            assertThatThrownBy(() -> plugin.plan(Requests.add(network(""), "c1", sandbox))
                            .apply(host, again))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("duplicate allocation is not allowed");
        }
        again.undo(host);
        assertThat(sh("ls " + leases + "/net")).contains("10.77.0.2");
    }

    @Test
    void mtuAndHairpinReachBothEnds() {
        CniResult result = add(network(",\"mtu\":1400,\"hairpinMode\":true"), "c1", first);
        assertThat(first.sh("ip -o link show eth0")).contains("mtu 1400");
        assertThat(sh("ip -o link show br7")).contains("mtu 1400");
        assertThat(sh("bridge -d link show dev " + result.interfaces().get(1).name()))
                .contains("hairpin on")
                .contains("mtu 1400");
    }

    @Test
    void dualStackHasNoTentativeAddress() {
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","isDefaultGateway":true,
                 "ipam":{"type":"host-local","dataDir":"%s",
                  "ranges":[[{"subnet":"10.77.0.0/24"}],[{"subnet":"fd77::/64"}]]}}""".formatted(leases));
        add(config, "c1", first);
        // The kernel gives the link-local address by itself, a moment later.
        assertThat(first.sh("ip -6 -o addr show eth0 scope global"))
                .contains("fd77::2/64")
                .doesNotContain("tentative");
        assertThat(first.sh("ip -6 route")).contains("default via fd77::1 dev eth0");
        first.sh("busybox ping -6 -c1 -W2 fd77::1");
    }

    @Test
    void withoutIpamItIsAPlainWire() {
        CniResult result = add(
                Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\",\"bridge\":\"br7\"}"),
                "c1",
                first);
        assertThat(result.addresses()).isEmpty();
        assertThat(first.sh("ip -o link show eth0")).contains("state UP");
    }

    @Test
    void checkSeesWhatIsMissing() {
        NetworkConfig config = network("");
        CniResult result = add(config, "c1", first);
        check(config, result);
        first.sh("ip addr del 10.77.0.2/24 dev eth0");
        assertThatThrownBy(() -> check(config, result)).hasMessage("bridge: eth0 lacks 10.77.0.2/24");
        first.sh("ip link del eth0");
        assertThatThrownBy(() -> check(config, result)).hasMessageContaining("eth0 is missing");
    }

    @Test
    void checkFailsWhenSomebodyDeletedTheMasquerade() {
        NetworkConfig config = network(",\"ipMasq\":true");
        CniResult result = add(config, "c1", first);
        check(config, result);
        sh("iptables -t nat -F POSTROUTING");
        assertThatThrownBy(() -> check(config, result))
                .isInstanceOf(CniException.class)
                .hasMessage(
                        "bridge: rules are missing: [-t nat -A POSTROUTING -s 10.77.0.0/24 ! -o br7 -j MASQUERADE]");
    }

    @Test
    void delWithoutAJournalFindsThePairWithAndWithoutTheNamespace() {
        NetworkConfig config = network("");
        add(config, "c1", first);
        add(config, "c2", second);
        try (TestSandbox sandbox = TestSandbox.of("/x", first.namespace())) {
            revert(plugin.findTraces(Requests.del(config, "c1", Optional.of(sandbox)), host));
        }
        revert(plugin.findTraces(Requests.del(config, "c2", Optional.empty()), host));
        assertThat(sh("ip -o link")).doesNotContain("veth");
        assertThat(sh("ls " + leases + "/net")).doesNotContain("10.77.0.2").doesNotContain("10.77.0.3");
    }

    @Test
    void protectionDropsWhatIsNotPublishedAndAcceptsReplies() {
        add(network(",\"ipMasq\":true,\"netd\":{\"protect\":true}"), "c1", first);
        assertThat(sh("iptables-save -t filter"))
                .contains("-A NETD ! -i br7 -o br7 -j DROP")
                .contains("-A NETD-FORWARD -o br7 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        assertThat(sh("iptables-save -t raw"))
                .contains("-A PREROUTING -d 10.77.0.2/32 ! -i br7 -j DROP")
                .contains("-A PREROUTING -d 127.0.0.0/8 -i br7 -j DROP");
    }

    @Test
    void aMissingFileOfNameServersIsToldAndNothingIsLeft() {
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7",
                 "ipam":{"type":"host-local","dataDir":"%s","subnet":"10.77.0.0/24","resolvConf":"/nowhere"}}""".formatted(leases));
        assertThatThrownBy(() -> add(config, "c1", first)).hasMessageContaining("open /nowhere: no such file");
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }
}
