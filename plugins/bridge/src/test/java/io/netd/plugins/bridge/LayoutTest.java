package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniRoute;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final CniAddress LEASE = address("10.1.2.3/24", Optional.of("10.1.2.1"));

    private static CniAddress address(String prefix, Optional<String> gateway) {
        return new CniAddress(IpPrefix.parse(prefix), gateway.map(IpAddress::parse), OptionalInt.empty());
    }

    private static Layout layout(String options, List<CniRoute> routes, CniAddress... leases) {
        return Layout.of(BridgeConfigTest.read(options), List.of(leases), routes);
    }

    @Test
    void theContainersInterfaceIsTheThirdOfTheResult() {
        assertThat(layout("", List.of(), LEASE).addresses().get(0).interfaceIndex())
                .hasValue(2);
    }

    @Test
    void aGatewayGoesOnTheBridgeWithTheSubnetsLength() {
        assertThat(layout(",\"isGateway\":true", List.of(), LEASE).gateways())
                .containsExactly(IpPrefix.parse("10.1.2.1/24"));
        assertThat(layout("", List.of(), LEASE).gateways()).isEmpty();
    }

    @Test
    void withoutAGatewayFromIpamTheFirstAddressOfTheSubnetIsIt() {
        assertThat(layout(",\"isGateway\":true", List.of(), address("fd00::5/64", Optional.empty()))
                        .gateways())
                .containsExactly(IpPrefix.parse("fd00::1/64"));
    }

    @Test
    void aDefaultGatewayAddsOneDefaultRoutePerFamily() {
        Layout layout =
                layout(",\"isDefaultGateway\":true", List.of(), LEASE, address("fd00::5/64", Optional.of("fd00::1")));
        assertThat(layout.routes())
                .extracting(route -> route.destination() + " " + route.gateway().orElseThrow())
                .containsExactly("0.0.0.0/0 10.1.2.1", "::/0 fd00::1");
    }

    @Test
    void aDefaultRouteWithItsOwnGatewayStands() {
        CniRoute own = CniRoute.of(IpPrefix.parse("0.0.0.0/0"), Optional.of(IpAddress.parse("10.1.2.254")));
        assertThat(layout(",\"isDefaultGateway\":true", List.of(own), LEASE).routes())
                .containsExactly(own);
    }

    @Test
    void aRouteWithoutAGatewayGoesByThatOfItsFamily() {
        CniRoute plain = CniRoute.of(IpPrefix.parse("192.168.0.0/16"), Optional.empty());
        assertThat(layout("", List.of(plain), LEASE).addressing().gatewayOf(plain))
                .hasValue(IpAddress.parse("10.1.2.1"));
    }
}
