package io.netd.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
    @Test
    void keepsTheHostBits() {
        IpPrefix prefix = IpPrefix.parse("10.1.2.3/24");
        assertThat(prefix).hasToString("10.1.2.3/24");
        assertThat(prefix.isNetwork()).isFalse();
        assertThat(prefix.network()).hasToString("10.1.2.0/24");
        assertThat(prefix.broadcast()).hasToString("10.1.2.255");
        assertThat(prefix.size()).isEqualTo(256);
    }

    @Test
    void worksAtTheEdges() {
        assertThat(IpPrefix.any(IpFamily.IPV6).broadcast()).hasToString("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assertThat(IpPrefix.any(IpFamily.IPV4).contains(IpAddress.parse("255.1.1.1")))
                .isTrue();
        assertThat(IpPrefix.any(IpFamily.IPV4).contains(IpAddress.parse("::1"))).isFalse();
        assertThat(IpPrefix.parse("fd00::1/64").broadcast()).hasToString("fd00::ffff:ffff:ffff:ffff");
        assertThat(IpPrefix.host(IpAddress.parse("::1")).size()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void overlapIsSymmetric() {
        IpPrefix wide = IpPrefix.parse("172.16.0.0/12");
        IpPrefix narrow = IpPrefix.parse("172.17.3.0/24");
        assertThat(wide.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(wide)).isTrue();
        assertThat(narrow.contains(wide)).isFalse();
        assertThat(wide.overlaps(IpPrefix.parse("172.32.0.0/24"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "x/8", "::/+8", "1/2/3"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> IpPrefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid CIDR address: " + text);
    }

    @Test
    void theNetworkSpansExactlyItsSize() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, 16);
            int length = Generated.integer(random, 0, 128);
            IpPrefix prefix = new IpPrefix(IpAddress.of(bytes), length);
            IpAddress first = prefix.network().address();
            assertThat(prefix.broadcast().number())
                    .isEqualTo(first.number().add(prefix.size()).subtract(BigInteger.ONE));
            assertThat(prefix.contains(prefix.address())).isTrue();
            assertThat(first.number().mod(prefix.size())).isZero();
            assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
        });
    }

    @Test
    void ipv4NetworksSpanTheirSizeToo() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, 4);
            int length = Generated.integer(random, 0, 32);
            IpPrefix prefix = new IpPrefix(IpAddress.of(bytes), length);
            assertThat(prefix.broadcast().number())
                    .isEqualTo(prefix.network()
                            .address()
                            .number()
                            .add(prefix.size())
                            .subtract(BigInteger.ONE));
            assertThat(prefix.network().isNetwork()).isTrue();
        });
    }
}
