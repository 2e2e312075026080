package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator does to a bridge between two ADDs counts for the second, though the daemon knows the bridge. */
class ChangedBridgeIT extends NetdTestBase {
    private static final String CONFIG = """
            {"cniVersion":"1.0.0","name":"net1","type":"bridge","bridge":"cni-test0","isDefaultGateway":true,
             "ipam":{"type":"host-local","subnet":"10.30.0.0/24","dataDir":"/run/leases"}}
            """;

    @AfterEach
    @Override
    void hostIsAsBefore() {
        for (String pod : new String[] {"one", "two"}) {
            plugin("DEL", pod).ok();
            host.run("ip", "netns", "del", pod);
        }
        host.run("ip", "link", "del", "cni-test0");
        host.run("ip", "link", "del", "renamed");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void theGatewayComesBack() {
        after("ip address del 10.30.0.1/24 dev cni-test0");
    }

    @Test
    void itIsSetUpAgain() {
        after("ip link set cni-test0 down");
    }

    @Test
    void itIsMadeAgain() {
        after("ip link del cni-test0");
    }

    @Test
    void itIsMadeAgainBesideTheRenamedOne() {
        after("ip link set cni-test0 down && ip address flush dev cni-test0 && ip link set cni-test0 name renamed");
    }

    @Test
    void anotherDeviceOfItsNameIsRefused() {
        attach("one");
        host.sh("ip link del cni-test0 && ip link add cni-test0 type veth peer name far-test0")
                .ok();
        host.run("ip", "netns", "add", "two").ok();

        Output refused = plugin("ADD", "two");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("already exists but is not a bridge");
    }

    @Test
    void addressesAreRefusedThatSomebodyPutThere() {
        attach("one");
        host.sh("ip address del 10.30.0.1/24 dev cni-test0 && ip address add 10.77.0.1/24 dev cni-test0")
                .ok();
        host.run("ip", "netns", "add", "two").ok();

        assertThat(plugin("ADD", "two").out()).contains("10.77.0.1/24");
    }

    private void after(String change) {
        attach("one");
        host.sh(change).ok();
        attach("two");
        host.sh("ip netns exec two busybox ping -c 1 -W 2 10.30.0.1").ok();
    }

    private void attach(String pod) {
        host.run("ip", "netns", "add", pod).ok();
        plugin("ADD", pod).ok();
        host.sh("ip netns exec " + pod + " busybox ping -c 1 -W 2 10.30.0.1").ok();
    }

    private Output plugin(String verb, String pod) {
        return host.plugin(
                Host.ours("bridge"),
                CONFIG,
                Map.of("CNI_COMMAND", verb, "CNI_CONTAINERID", pod, "CNI_NETNS", "/run/netns/" + pod));
    }
}
