package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressesKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final RouteSocket inside = RouteSocket.openIn(container.namespace());
    private final int eth0 = veth();

    private int veth() {
        host.sh("ip link add br0 type bridge; ip link set br0 up");
        try (RouteSocket outside = RouteSocket.openIn(host.namespace())) {
            int bridge = outside.links().byName("br0").orElseThrow().index();
            outside.links()
                    .addVeth(VethSpec.of("v0", "eth0", container.namespace().fd())
                            .withMaster(bridge));
        }
        return inside.links().byName("eth0").orElseThrow().index();
    }

    @AfterEach
    void close() {
        inside.close();
        container.close();
        host.close();
    }

    @Test
    void addressesComeAndGo() {
        IpPrefix v4 = IpPrefix.parse("172.17.0.2/16");
        IpPrefix v6 = IpPrefix.parse("fd00:17::2/64");

        assertThat(inside.addresses().add(eth0, v4, 0)).isTrue();
        assertThat(inside.addresses().add(eth0, v4, 0)).isFalse();
        assertThat(inside.addresses().add(eth0, v6, Rtnetlink.IFA_F_NODAD)).isTrue();

        assertThat(container.sh("ip -j addr show eth0"))
                .contains("\"local\":\"172.17.0.2\",\"prefixlen\":16,\"broadcast\":\"172.17.255.255\"")
                .contains("\"local\":\"fd00:17::2\",\"prefixlen\":64")
                .doesNotContain("tentative");
        assertThat(inside.addresses().list(eth0))
                .extracting(InterfaceAddress::prefix)
                .contains(v4, v6);
        assertThat(inside.addresses().list())
                .extracting(InterfaceAddress::index)
                .contains(1, eth0);
        assertThat(inside.addresses().remove(eth0, v4)).isTrue();
        assertThat(inside.addresses().remove(eth0, v4)).isFalse();
        assertThat(inside.addresses().remove(4711, v6)).isFalse();
        assertThat(inside.addresses().list(4711)).isEmpty();
        assertThat(container.sh("ip -j addr show eth0")).doesNotContain("172.17.0.2");
    }

    @Test
    void routesComeAndGo() {
        inside.links().setUp(eth0);
        inside.addresses().add(eth0, IpPrefix.parse("172.17.0.2/16"), 0);
        inside.addresses().add(eth0, IpPrefix.parse("fd00:17::2/64"), Rtnetlink.IFA_F_NODAD);
        Route v4 = Route.byDefault(IpAddress.parse("172.17.0.1"), eth0);
        Route v6 = Route.byDefault(IpAddress.parse("fd00:17::1"), eth0);
        Route sized = Route.to(IpPrefix.parse("10.9.0.0/16"), eth0)
                .via(IpAddress.parse("172.17.0.9"))
                .withSizes(1400, 1360)
                .withMetric(77)
                .withTable(1000)
                .withPreferredSource(IpAddress.parse("172.17.0.2"));

        assertThat(inside.routes().add(v4)).isTrue();
        assertThat(inside.routes().add(v4)).isFalse();
        assertThat(inside.routes().add(v6)).isTrue();
        assertThat(inside.routes().add(sized)).isTrue();

        assertThat(container.sh("ip route; ip -6 route"))
                .contains("default via 172.17.0.1 dev eth0", "default via fd00:17::1 dev eth0");
        assertThat(container.sh("ip route show table 1000"))
                .contains("10.9.0.0/16 via 172.17.0.9 dev eth0")
                .contains("metric 77 mtu 1400 advmss 1360", "src 172.17.0.2");
        assertThat(inside.routes().list()).contains(v4, sized);
        assertThat(inside.routes().list())
                .anyMatch(route -> route.isDefault() && route.gateway().equals(v6.gateway()));
        assertThat(inside.routes().remove(v4)).isTrue();
        assertThat(inside.routes().remove(v4)).isFalse();
        assertThat(inside.routes().remove(sized)).isTrue();
        assertThat(container.sh("ip route")).doesNotContain("default");
    }

    @Test
    void multipathRoutesShowTheirFirstHop() {
        container.sh("ip addr add 172.17.0.2/16 dev eth0; ip link set eth0 up;"
                + "ip route add default nexthop via 172.17.0.1 nexthop via 172.17.0.9");
        Route found = inside.routes().list().stream()
                .filter(Route::isDefault)
                .findFirst()
                .orElseThrow();
        assertThat(found.gateway()).contains(IpAddress.parse("172.17.0.1"));
        assertThat(found.outIndex()).isEqualTo(eth0);
    }

    @Test
    void theWholeContainerSideIsSetUpInOneGo() {
        container.sh("ip link set lo down");
        inside.setUp(new InterfaceSetup(
                eth0,
                List.of(IpPrefix.parse("172.17.0.2/16"), IpPrefix.parse("fd00:17::2/64")),
                List.of(
                        Route.byDefault(IpAddress.parse("172.17.0.1"), eth0),
                        Route.byDefault(IpAddress.parse("fd00:17::1"), eth0),
                        Route.to(IpPrefix.parse("10.1.0.0/16"), eth0))));

        assertThat(container.sh("ip addr"))
                .contains("inet 127.0.0.1/8 scope host lo", "inet 172.17.0.2/16 brd 172.17.255.255")
                .contains("inet6 fd00:17::2/64 scope global nodad");
        // The carrier is told of a little later.
        assertThat(container.sh("ip link show up")).contains(" lo:", " eth0");
        assertThat(container.sh("ip route; ip -6 route"))
                .contains("default via 172.17.0.1", "default via fd00:17::1", "10.1.0.0/16 dev eth0 scope link");
    }

    @Test
    void aStepThatIsRefusedIsNamed() {
        InterfaceSetup setup = new InterfaceSetup(
                eth0,
                List.of(IpPrefix.parse("172.17.0.2/16")),
                List.of(Route.byDefault(IpAddress.parse("192.168.7.1"), eth0)));
        assertThatThrownBy(() -> inside.setUp(setup))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("add route 0.0.0.0/0 via 192.168.7.1: ENETUNREACH")
                .hasMessageContaining("gateway");
    }

    @Test
    void neighboursComeAndGo() {
        inside.links().setUp(eth0);
        inside.addresses().add(eth0, IpPrefix.parse("172.17.0.2/16"), 0);
        IpAddress gateway = IpAddress.parse("172.17.0.1");
        MacAddress mac = MacAddress.parse("02:42:00:00:00:01");

        inside.neighbours().put(eth0, gateway, mac);

        assertThat(container.sh("ip neigh")).contains("172.17.0.1 dev eth0 lladdr 02:42:00:00:00:01 PERMANENT");
        assertThat(inside.neighbours().list(eth0)).extracting(Neighbour::mac).contains(Optional.of(mac));
        assertThat(inside.neighbours().delete(eth0, gateway)).isTrue();
        assertThat(inside.neighbours().delete(eth0, gateway)).isFalse();
        container.sh("ip neigh add 172.17.0.7 lladdr 02:42:00:00:00:07 dev eth0");
        inside.neighbours().flush(eth0);
        assertThat(container.sh("ip neigh")).doesNotContain("172.17.0");
    }
}
