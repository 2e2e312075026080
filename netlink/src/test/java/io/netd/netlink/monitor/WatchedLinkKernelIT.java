package io.netd.netlink.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.LinkState;
import io.netd.netlink.route.RouteSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedLinkKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final RouteSocket route = RouteSocket.openIn(host.namespace());
    private Link bridge;
    private WatchedLink watched;

    @BeforeEach
    void watch() {
        host.sh("ip link add br0 type bridge && ip addr add 10.1.1.1/24 dev br0 && ip link add other type bridge");
        bridge = route.links().byName("br0").orElseThrow();
        watched = host.call(() -> WatchedLink.open(bridge.index(), route));
    }

    @AfterEach
    void close() {
        watched.close();
        route.close();
        host.close();
    }

    @Test
    void whatOthersChangeIsSeenAtOnce() {
        assertThat(now().link()).isEqualTo(bridge);
        assertThat(addresses()).containsExactly("10.1.1.1/24");

        host.sh(
                "ip addr add 10.2.2.1/24 dev br0 && ip addr add fd00::1/64 dev br0 nodad && ip addr del 10.1.1.1/24 dev br0");
        assertThat(addresses()).containsExactlyInAnyOrder("10.2.2.1/24", "fd00::1/64");
        host.sh("ip link set br0 mtu 1400 && ip link set br0 name br1 && ip link set br1 up");
        assertThat(now().link().mtu()).isEqualTo(1400);
        assertThat(now().link().name()).isEqualTo("br1");
        assertThat(now().link().up()).isTrue();
    }

    @Test
    void aLinkThatGoesIsGoneForGood() {
        host.sh("ip link del br0 && ip link add br0 type bridge");
        assertThat(watched.now(route)).isEmpty();
    }

    @Test
    void otherLinksArePassedOver() {
        host.sh("ip addr add 10.3.3.1/24 dev other && ip link set other up mtu 1300 && ip link del other");
        assertThat(now()).isEqualTo(new LinkState(bridge, now().addresses()));
        assertThat(addresses()).containsExactly("10.1.1.1/24");
    }

    @Test
    void moreThanTheSocketHoldsIsReadAnew() {
        host.sh("for i in $(seq 1 400); do echo link set br0 mtu $((1000 + i)); done | ip -batch -");
        host.sh("ip addr add 10.4.4.1/24 dev br0");
        assertThat(now().link().mtu()).isEqualTo(1400);
        assertThat(addresses()).containsExactlyInAnyOrder("10.1.1.1/24", "10.4.4.1/24");
    }

    private LinkState now() {
        return watched.now(route).orElseThrow();
    }

    private List<String> addresses() {
        return now().addresses().stream()
                .map(address -> address.prefix().toString())
                .filter(address -> !address.startsWith("fe80"))
                .toList();
    }
}
