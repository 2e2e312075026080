package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netd.linux.sys.Errno;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgePortsKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final RouteSocket socket = RouteSocket.openIn(host.namespace());
    private final Links links = socket.links();

    @AfterEach
    void close() {
        socket.close();
        container.close();
        host.close();
    }

    @Test
    void portFlagsReachTheKernelAndComeBack() {
        Link bridge = links.addBridge("br0", Optional.empty(), 0);
        int veth = addVeth(VethSpec.of("veth1", "eth0", container.namespace().fd())
                        .withMaster(bridge.index())
                        .withPort(new PortFlags(true, true)))
                .index();

        assertThat(host.sh("bridge -d link show dev veth1")).contains("hairpin on", "isolated on");
        assertThat(socket.ports().flags(veth)).contains(new PortFlags(true, true));
        host.sh("bridge link set dev veth1 isolated off hairpin off");
        assertThat(socket.ports().flags(veth)).contains(PortFlags.NONE);
        assertThat(socket.ports().flags(bridge.index())).isEmpty();
        assertThat(socket.ports().flags(4711)).isEmpty();
    }

    @Test
    void vlansReachTheKernelAndComeBack() {
        boolean filters = host.attempt("ip", "link", "add", "br1", "type", "bridge", "vlan_filtering", "1")
                .succeeded();
        assumeTrue(filters, "this kernel has no VLAN filtering of bridges (CONFIG_BRIDGE_VLAN_FILTERING)");
        Link bridge = links.addVlanBridge("br0", Optional.empty(), 0);
        int veth = addVeth(
                        VethSpec.of("veth1", "eth0", container.namespace().fd()).withMaster(bridge.index()))
                .index();
        assertThat(socket.ports().vlans(veth)).containsExactly(PortVlan.untagged(1));

        socket.ports().removeVlans(veth, socket.ports().vlans(veth));
        socket.ports().addVlans(veth, List.of(PortVlan.untagged(5), PortVlan.tagged(10, 20), PortVlan.tagged(30, 30)));

        assertThat(socket.ports().vlans(veth))
                .containsExactly(PortVlan.untagged(5), PortVlan.tagged(10, 20), PortVlan.tagged(30, 30));
        assertThat(host.sh("bridge -compressvlans vlan show dev veth1"))
                .contains("5 PVID Egress Untagged", "10-20", "30")
                .doesNotContain(" 1 ");
        assertThat(host.sh("ip -d -j link show br0")).contains("\"vlan_filtering\":1");
    }

    @Test
    void aKernelWithoutVlanFilteringRefusesWithEopnotsupp() {
        boolean filters = host.attempt("ip", "link", "add", "br1", "type", "bridge", "vlan_filtering", "1")
                .succeeded();
        assumeFalse(filters, "this kernel has VLAN filtering of bridges");
        assertThatThrownBy(() -> links.addVlanBridge("br0", Optional.empty(), 0))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
        assertThat(links.byName("br0")).isEmpty();
        int veth = addVeth(VethSpec.of("veth1", "eth0", container.namespace().fd())
                        .withMaster(links.addBridge("br0", Optional.empty(), 0).index()))
                .index();
        assertThat(socket.ports().vlans(veth)).isEmpty();
        assertThatThrownBy(() -> socket.ports().addVlans(veth, List.of(PortVlan.untagged(5))))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
    }

    private Link addVeth(VethSpec spec) {
        links.addVeth(spec);
        return links.byName(spec.hostName()).orElseThrow();
    }
}
