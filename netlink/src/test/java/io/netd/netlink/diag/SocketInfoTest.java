package io.netd.netlink.diag;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import org.junit.jupiter.api.Test;

class SocketInfoTest {
    @Test
    void equalAddressesAndWildcardsCollide() {
        assertThat(collide("127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(collide("127.0.0.1", "0.0.0.0")).isTrue();
        assertThat(collide("0.0.0.0", "10.0.0.1")).isTrue();
        assertThat(collide("127.0.0.1", "10.0.0.1")).isFalse();
    }

    @Test
    void aDualStackListenerCollidesWithIpv4() {
        assertThat(collide("::", "10.0.0.1")).isTrue();
        assertThat(collide("fd00::1", "10.0.0.1")).isFalse();
        assertThat(collide("0.0.0.0", "fd00::1")).isFalse();
        assertThat(collide("0.0.0.0", "::")).isFalse();
    }

    private static boolean collide(String bound, String wanted) {
        return new SocketInfo(Protocol.TCP, IpAddress.parse(bound), 80, false, 1, 0)
                .collidesWith(IpAddress.parse(wanted));
    }
}
