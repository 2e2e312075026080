package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.testing.Requests;
import org.junit.jupiter.api.Test;

class BridgeOptionsKernelIT extends BridgeKernelTestBase {
    private static final String PING = "busybox ping -c1 -W5 ";
    private static final String PING6 = "busybox ping -6 -c1 -W5 ";

    private NetworkConfig dualStack(String options) {
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","isDefaultGateway":true%s,
                 "ipam":{"type":"host-local","dataDir":"%s",
                  "ranges":[[{"subnet":"10.77.0.0/24"}],[{"subnet":"fd77::/64"}]]}}""".formatted(options, leases));
    }

    private static NetworkConfig layerTwo(String options) {
        return Requests.config(
                "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\",\"bridge\":\"br7\"" + options + "}");
    }

    @Test
    void isolatedContainersReachTheGatewayAndNotEachOther() {
        NetworkConfig config = dualStack(",\"portIsolation\":true");
        CniResult result = add(config, "c1", first);
        add(config, "c2", second);

        first.sh(PING + "10.77.0.1");
        first.sh(PING6 + "fd77::1");
        assertThat(first.attempt("busybox", "ping", "-c1", "-W1", "10.77.0.3").succeeded())
                .isFalse();
        assertThat(first.attempt("busybox", "ping", "-6", "-c1", "-W1", "fd77::3")
                        .succeeded())
                .isFalse();
        check(config, result);
        sh("bridge link set dev " + port(result) + " isolated off");
        assertThatThrownBy(() -> check(config, result)).hasMessage("bridge: " + port(result) + " is not isolated");
        first.sh("ip neigh flush dev eth0; " + PING + "10.77.0.3");
    }

    @Test
    void checkSeesThatHairpinModeIsOff() {
        NetworkConfig config = dualStack(",\"hairpinMode\":true");
        CniResult result = add(config, "c1", first);
        check(config, result);
        sh("bridge link set dev " + port(result) + " hairpin off");
        assertThatThrownBy(() -> check(config, result))
                .hasMessage("bridge: hairpin mode of " + port(result) + " is off");
    }

    @Test
    void theBridgeTakesEveryFrameInPromiscuousMode() {
        NetworkConfig config = dualStack(",\"promiscMode\":true");
        CniResult result = add(config, "c1", first);
        assertThat(sh("ip -o link show br7")).contains("PROMISC");
        check(config, result);
        sh("ip link set br7 promisc off");
        assertThatThrownBy(() -> check(config, result)).hasMessage("bridge: br7 is not promiscuous");
    }

    @Test
    void aDisabledInterfaceStaysDownInAWireThatIsReady() {
        NetworkConfig config = layerTwo(",\"disableContainerInterface\":true");
        CniResult result = add(config, "c1", first);
        assertThat(first.sh("ip -o link show eth0")).contains("state DOWN").doesNotContain(",UP");
        assertThat(sh("ip -o link show " + port(result))).contains("master br7").contains(",UP");
        check(config, result);
        first.sh("ip link set eth0 up");
        check(config, result);
    }

    @Test
    void addressesCanBeUsedAtOnceUnlessDuplicatesAreLookedFor() {
        add(dualStack(""), "c1", first);
        assertThat(dad()).isEqualToIgnoringNewLines("0");
        assertThat(first.sh("cat /proc/sys/net/ipv6/conf/eth0/keep_addr_on_down"))
                .startsWith("1");
        first.sh(PING6 + "fd77::1");
    }

    @Test
    void anAddressWhoseDuplicatesWereLookedForIsThere() {
        NetworkConfig config = dualStack(",\"enabledad\":true");
        CniResult result = add(config, "c1", first);
        assertThat(dad()).isEqualToIgnoringNewLines("1");
        assertThat(first.sh("cat /proc/sys/net/ipv6/conf/eth0/enhanced_dad")).startsWith("1");
        assertThat(first.sh("ip -6 -o addr show eth0"))
                .contains("fd77::2/64")
                .doesNotContain("tentative")
                .doesNotContain("nodad");
        first.sh(PING6 + "fd77::1");
        check(config, result);
    }

    @Test
    void anAddressThatSomebodyHasIsRefusedAndNothingStays() {
        sh("ip link add br7 address 02:00:00:00:00:77 type bridge; ip link set br7 up addrgenmode none;"
                + " ip addr add fd77::2/64 dev br7 nodad");
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","enabledad":true,
                 "ipam":{"type":"host-local","dataDir":"%s","subnet":"fd77::/64"}}""".formatted(leases));

        assertThatThrownBy(() -> add(config, "c1", first))
                .isInstanceOf(CniException.class)
                .hasMessage(
                        "failed to settle addresses for \"eth0\": link eth0 has address fd77::2 in DADFAILED state");

        traces.undo(host);
        assertThat(sh("ip -o link; ls " + leases + "/net")).doesNotContain("veth", "fd77");
    }

    @Test
    void anOverlappingIpv6SubnetIsReplacedOnlyByForce() {
        sh("ip link add br7 type bridge; ip addr add fd77::9/48 dev br7 nodad; ip addr add fd78::1/64 dev br7 nodad");
        assertThatThrownBy(() -> add(dualStack(""), "c1", first))
                .hasMessage("failed to set bridge addr: \"br7\" already has an IP address different from fd77::1/64");
        traces.undo(host);

        add(dualStack(",\"forceAddress\":true"), "c1", first);

        assertThat(sh("ip -6 -o addr show br7"))
                .contains("fd77::1/64", "fd78::1/64")
                .doesNotContain("fd77::9");
    }

    @Test
    void theHostTakesNoRoutesThatAContainerAnnounces() {
        CniResult result = add(dualStack(""), "c1", first);
        assertThat(sh("cat /proc/sys/net/ipv6/conf/br7/accept_ra /proc/sys/net/ipv6/conf/" + port(result)
                        + "/accept_ra"))
                .isEqualTo("0\n0\n");
    }

    @Test
    void nameServersOfTheConfigurationReplaceThoseOfIpam() {
        sh("echo 'nameserver 192.0.2.7' >" + leases + "/resolv.conf");
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"bridge","bridge":"br7","dns":{"search":["example.org"]},
                 "ipam":{"type":"host-local","dataDir":"%1$s","subnet":"10.77.0.0/24","resolvConf":"%1$s/resolv.conf"}}
                """.formatted(leases));
        CniResult result = add(config, "c1", first);
        assertThat(result.dns().nameservers()).isEmpty();
        assertThat(result.dns().search()).containsExactly("example.org");
    }

    private String dad() {
        return first.sh("cat /proc/sys/net/ipv6/conf/eth0/accept_dad");
    }

    private static String port(CniResult result) {
        CniInterface port = result.interfaces().get(1);
        return port.name();
    }
}
