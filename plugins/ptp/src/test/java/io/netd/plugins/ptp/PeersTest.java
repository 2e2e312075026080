package io.netd.plugins.ptp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.cni.CniAddress;
import io.netd.cni.CniException;
import io.netd.cni.CniRoute;
import io.netd.netlink.route.Route;
import io.netd.netlink.route.Rtnetlink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final int ETH0 = 7;
    private static final IpAddress GATEWAY = IpAddress.parse("10.1.0.1");

    private static CniAddress address(String prefix, String gateway) {
        return new CniAddress(
                IpPrefix.parse(prefix),
                gateway.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(gateway)),
                OptionalInt.empty());
    }

    private static Route to(String destination) {
        return Route.to(IpPrefix.parse(destination), ETH0);
    }

    private static CniRoute wanted(String destination, String gateway) {
        return CniRoute.of(
                IpPrefix.parse(destination),
                Optional.of(gateway).filter(text -> !text.isEmpty()).map(IpAddress::parse));
    }

    @Test
    void theSubnetLiesBehindTheGateway() {
        Peers peers = Peers.of(List.of(address("10.1.0.5/24", "10.1.0.1")), List.of(wanted("0.0.0.0/0", "")));

        IpAddress own = IpAddress.parse("10.1.0.5");
        assertThat(peers.containerRoutes(ETH0))
                .containsExactly(
                        to("10.1.0.1/32").withPreferredSource(own),
                        to("10.1.0.0/24").via(GATEWAY).withPreferredSource(own),
                        to("0.0.0.0/0").via(GATEWAY));
        assertThat(peers.addressing().addresses().get(0).interfaceIndex()).hasValue(1);
        assertThat(peers.all().get(0).hostAddress()).isEqualTo(IpPrefix.parse("10.1.0.1/32"));
        assertThat(peers.all().get(0).hostRoute(ETH0))
                .isEqualTo(to("10.1.0.5/32").withScope(Rtnetlink.RT_SCOPE_HOST));
    }

    @Test
    void aSixthVersionHasNoScopes() {
        Peer peer = Peers.of(List.of(address("fd00:1::5/64", "fd00:1::1")), List.of())
                .all()
                .get(0);
        assertThat(peer.hostAddress()).isEqualTo(IpPrefix.parse("fd00:1::1/128"));
        assertThat(peer.hostRoute(ETH0)).isEqualTo(to("fd00:1::5/128"));
    }

    @Test
    void anAddressOfItsOwnHasNoSubnet() {
        Peers peers = Peers.of(List.of(address("10.1.0.5/32", "10.1.0.1")), List.of());
        assertThat(peers.containerRoutes(ETH0))
                .extracting(Route::destination)
                .containsExactly(IpPrefix.parse("10.1.0.1/32"));
    }

    @Test
    void twoAddressesShareTheirSubnet() {
        Peers peers =
                Peers.of(List.of(address("10.1.0.5/24", "10.1.0.1"), address("10.1.0.6/24", "10.1.0.1")), List.of());
        assertThat(peers.containerRoutes(ETH0))
                .extracting(route -> route.destination().toString())
                .containsExactly("10.1.0.1/32", "10.1.0.0/24");
        assertThat(peers.all()).hasSize(2);
    }

    @Test
    void anotherGatewayOfTheSubnetIsTakenToBeOnTheLink() {
        Peers peers = Peers.of(
                List.of(address("10.1.0.5/24", "10.1.0.1")),
                List.of(
                        wanted("10.2.0.0/16", "10.1.0.9"),
                        wanted("10.3.0.0/16", "10.1.0.1"),
                        wanted("10.4.0.0/16", "10.9.9.9")));
        assertThat(peers.containerRoutes(ETH0).subList(2, 5))
                .extracting(Route::isOnLink)
                .containsExactly(true, false, false);
    }

    @Test
    void anAddressWithoutAGatewayIsRefused() {
        assertThatThrownBy(() -> Peers.of(List.of(address("10.1.0.5/24", "")), List.of()))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("10.1.0.5/24 came without a gateway");
    }
}
