package io.netd.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,10.1.2.3",
        "255.255.255.255,255.255.255.255",
        "::,::",
        "::1,::1",
        "1::,1::",
        "2001:DB8:0:0:0:0:0:1,2001:db8::1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "::ffff:1.2.3.4,::ffff:1.2.3.4",
        "64:ff9b::1.2.3.4,64:ff9b::102:304",
        "0:0:0:0:0:0:1.2.3.4,::102:304",
        "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.4 ",
                "+1.2.3.4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::12345",
                "::g",
                "fe80::1%eth0",
                "1.2.3.4::",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "[::1]",
                "1:",
                ":1",
                "\u0661.2.3.4",
                "1.2.3.4/24"
            })
    void refusesAnythingButALiteral(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid IP address: " + text);
        assertThat(IpAddress.read(text)).isEmpty();
    }

    @Test
    void knowsItsKind() {
        assertThat(IpAddress.parse("127.8.9.1").isLoopback()).isTrue();
        assertThat(IpAddress.parse("::1").isLoopback()).isTrue();
        assertThat(IpAddress.parse("::").isAny()).isTrue();
        assertThat(IpAddress.any(IpFamily.IPV4)).hasToString("0.0.0.0");
        assertThat(IpAddress.parse("239.1.1.1").isMulticast()).isTrue();
        assertThat(IpAddress.parse("ff02::1").isMulticast()).isTrue();
        assertThat(IpAddress.parse("169.254.0.1").isLinkLocal()).isTrue();
        assertThat(IpAddress.parse("febf::1").isLinkLocal()).isTrue();
        assertThat(IpAddress.parse("fec0::1").isLinkLocal()).isFalse();
        assertThat(IpAddress.parse("224.0.0.1").isLinkLocal()).isFalse();
    }

    @Test
    void countsAcrossOctetsAndStopsAtTheEnd() {
        assertThat(IpAddress.parse("10.0.0.255").plus(1)).hasToString("10.0.1.0");
        assertThat(IpAddress.parse("::ffff:ffff:ffff:ffff").plus(1)).hasToString("0:0:0:1::");
        assertThat(IpAddress.parse("10.0.1.0").plus(-1)).hasToString("10.0.0.255");
        assertThatThrownBy(() -> IpAddress.parse("255.255.255.255").plus(1)).hasMessageContaining("255.255.255.255");
    }

    @Test
    void aMappedAddressStaysIpv6() {
        assertThat(IpAddress.parse("::ffff:1.2.3.4").toInetAddress()).isInstanceOf(Inet6Address.class);
        assertThat(IpAddress.parse("::ffff:1.2.3.4")).isNotEqualTo(IpAddress.parse("1.2.3.4"));
    }

    @Test
    void ipv6TextAndBytesAreReadBack() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, 16);
            IpAddress address = IpAddress.of(bytes);
            assertThat(address.bytes()).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
            assertThat(Inet6Address.getByAddress(null, bytes, -1)).isEqualTo(address.toInetAddress());
            assertThat(IpAddress.of(IpFamily.IPV6, address.number())).isEqualTo(address);
        });
    }

    @Test
    void ipv4AgreesWithTheJdk() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, 4);
            IpAddress address = IpAddress.of(bytes);
            InetAddress jdk = InetAddress.getByAddress(bytes);
            assertThat(address).hasToString(jdk.getHostAddress());
            assertThat(IpAddress.parse(address.toString())).isEqualTo(address).hasSameHashCodeAs(address);
            assertThat(address.isLoopback()).isEqualTo(jdk.isLoopbackAddress());
            assertThat(address.isMulticast()).isEqualTo(jdk.isMulticastAddress());
            assertThat(address.isLinkLocal()).isEqualTo(jdk.isLinkLocalAddress());
        });
    }

    @Test
    void orderFollowsTheNumbers() {
        Generated.times(1000, random -> {
            int one = Generated.integer(random, 0, Integer.MAX_VALUE);
            int other = Generated.integer(random, 0, Integer.MAX_VALUE);
            IpAddress base = IpAddress.parse("0.0.0.0");
            assertThat(Integer.signum(base.plus(one).compareTo(base.plus(other))))
                    .isEqualTo(Integer.compare(one, other));
        });
    }
}
