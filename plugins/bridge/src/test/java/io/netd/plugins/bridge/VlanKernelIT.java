package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestTraces;
import org.junit.jupiter.api.Test;

/** {@code vlan}, {@code vlanTrunk} and {@code preserveDefaultVlan}, where the kernel's bridges know VLANs, and where not. */
class VlanKernelIT extends BridgeKernelTestBase {
    private static final String ABSENT = "this kernel's bridges have no VLAN filtering (CONFIG_BRIDGE_VLAN_FILTERING)";

    private static boolean kernelFilters() {
        try (ThrowawayNamespace probe = ThrowawayNamespace.create()) {
            return probe.attempt("ip", "link", "add", "probe", "type", "bridge", "vlan_filtering", "1")
                    .succeeded();
        }
    }

    private static NetworkConfig layerTwo(String options) {
        return Requests.config(
                "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\",\"bridge\":\"br7\"" + options + "}");
    }

    /** Without what the kernel does to a link some time after it was set up. */
    private static String settled(String photograph) {
        return photograph.replaceAll("<[^>]*>|state [A-Z]+|qdisc [a-z]+|multicast ff00.*\n", "");
    }

    private static String vlans(CniResult result) {
        return sh("bridge -compressvlans vlan show dev "
                        + result.interfaces().get(1).name() + " | tail -n +2")
                .replaceAll("veth[0-9a-f]+", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void aKernelWithoutVlansIsNamedAndNothingStays() {
        assumeFalse(kernelFilters(), "this kernel's bridges have VLAN filtering");
        assertThatThrownBy(() -> add(network(",\"vlan\":7"), "c1", first))
                .isInstanceOf(CniException.class)
                .hasMessage("vlan 7: " + ABSENT)
                .matches(e -> ((CniException) e).code() == 2);
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
        assertThatThrownBy(() -> add(layerTwo(",\"vlanTrunk\":[{\"id\":7}]"), "c1", first))
                .hasMessage("vlanTrunk: " + ABSENT);
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void aPortOfABridgeThatIsThereIsRefusedTooWithoutVlans() {
        assumeFalse(kernelFilters(), "this kernel's bridges have VLAN filtering");
        sh("ip link add br7 address 02:00:00:00:00:77 type bridge; ip link set br7 up addrgenmode none");
        String busy = settled(photograph());
        assertThatThrownBy(() -> add(network(",\"vlan\":7"), "c1", first)).hasMessage("vlan 7: " + ABSENT);
        traces.undo(host);
        assertThat(settled(photograph())).isEqualTo(busy);
        assertThatThrownBy(() -> add(layerTwo(",\"vlan\":7"), "c1", first)).hasMessage("vlan 7: " + ABSENT);
        traces.undo(host);
        assertThat(settled(photograph())).isEqualTo(busy);
    }

    @Test
    void containersOfOneVlanReachEachOtherAndTheirGatewayAndNobodyElse() {
        assumeTrue(kernelFilters(), ABSENT);
        CniResult result = add(network(",\"vlan\":7"), "c1", first);
        add(network(",\"vlan\":7"), "c2", second);

        assertThat(result.interfaces())
                .extracting(CniInterface::name)
                .element(3)
                .isEqualTo("br7.7");
        assertThat(result.interfaces().get(3).mac().orElseThrow().toString())
                .isEqualTo(sh("cat /sys/class/net/br7.7/address 2>/dev/null || ip -o link show br7.7"
                                + " | sed 's/.*ether //; s/ .*//'")
                        .strip());
        assertThat(vlans(result)).isEqualTo("7 PVID Egress Untagged");
        assertThat(sh("ip -d -o link show br7")).contains("vlan_filtering 1");
        assertThat(sh("ip -o -4 addr")).contains("br7.7    inet 10.77.0.1/24").doesNotContain("br7    inet");
        first.sh("busybox ping -c1 -W2 10.77.0.1");
        first.sh("busybox ping -c1 -W2 10.77.0.3");
        sh("bridge vlan del dev " + result.interfaces().get(1).name() + " vid 7");
        assertThat(first.attempt("busybox", "ping", "-c1", "-W1", "10.77.0.3").succeeded())
                .isFalse();
        assertThatThrownBy(() -> check(network(",\"vlan\":7"), result)).hasMessageContaining("is not in its VLANs");
    }

    @Test
    void vlansOfOneBridgeAreApart() {
        assumeTrue(kernelFilters(), ABSENT);
        add(layerTwo(",\"vlan\":7"), "c1", first);
        add(layerTwo(",\"vlan\":8"), "c2", second);
        first.sh("ip addr add 10.9.0.1/24 dev eth0");
        second.sh("ip addr add 10.9.0.2/24 dev eth0");
        assertThat(first.attempt("busybox", "ping", "-c1", "-W1", "10.9.0.2").succeeded())
                .isFalse();
    }

    @Test
    void aTrunkTakesItsVlansWithTheirTags() {
        assumeTrue(kernelFilters(), ABSENT);
        NetworkConfig config = layerTwo(",\"vlan\":5,\"vlanTrunk\":[{\"minID\":10,\"maxID\":20},{\"id\":30}]");
        CniResult result = add(config, "c1", first);
        assertThat(vlans(result)).isEqualTo("5 PVID Egress Untagged 10-20 30");
        check(config, result);
    }

    @Test
    void theNativeVlanOfATrunkIsOneAndTheDefaultStaysWhenAskedFor() {
        assumeTrue(kernelFilters(), ABSENT);
        assertThat(vlans(add(layerTwo(",\"vlanTrunk\":[{\"id\":30}]"), "c1", first)))
                .isEqualTo("1 PVID Egress Untagged 30");
        assertThat(vlans(add(layerTwo(",\"vlan\":5,\"preserveDefaultVlan\":true"), "c2", second)))
                .isEqualTo("1 Egress Untagged 5 PVID Egress Untagged");
    }

    @Test
    void aFailedAddTakesTheGatewayWithItUnlessOthersAreInItsVlan() {
        assumeTrue(kernelFilters(), ABSENT);
        add(network(",\"vlan\":7"), "c1", first);
        TestTraces others = new TestTraces();
        add(network(",\"vlan\":7"), "c2", second, others);
        traces.undo(host);
        assertThat(sh("ip -o link")).contains("br7.7");
        others.del(host);
        sh("ip link del br7.7; ip link del br7");
        assertThat(photograph()).isEqualTo(before);
        TestTraces alone = new TestTraces();
        add(network(",\"vlan\":7"), "c3", second, alone);
        alone.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void delLeavesTheGatewayForTheNext() {
        assumeTrue(kernelFilters(), ABSENT);
        add(network(",\"vlan\":7,\"ipMasq\":true"), "c1", first);
        assertThat(sh("iptables-save")).contains("! -o br7.7 -j MASQUERADE");
        traces.del(host);
        assertThat(sh("ip -o link")).contains("br7.7@");
        add(network(",\"vlan\":7"), "c2", second);
        second.sh("busybox ping -c1 -W2 10.77.0.1");
        sh("ip link del br7.7");
    }

    @Test
    void aGatewayThatIsThereIsAsItWasWhenNobodyElseIsInItsVlan() {
        assumeTrue(kernelFilters(), ABSENT);
        sh("ip link add br7 type bridge vlan_filtering 1; ip link set br7 up;"
                + " ip link add dum type veth peer name br7.5; ip link set dum master br7 up;"
                + " bridge vlan del vid 1 dev dum; bridge vlan add vid 5 pvid untagged dev dum");
        TestTraces failed = new TestTraces();
        add(network(",\"vlan\":5"), "c1", first, failed);
        add(layerTwo(",\"vlan\":6"), "c2", second);

        failed.undo(host);

        assertThat(sh("ip -o -4 addr show br7.5")).isEmpty();
        assertThat(sh("ip -o link show br7.5")).doesNotContain(",UP");
    }
}
