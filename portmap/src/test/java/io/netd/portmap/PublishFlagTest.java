package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishFlagTest {
    @Test
    void hostPortAndContainerPort() {
        assertThat(PublishFlag.parse("8080:80"))
                .containsExactly(new PortMapping(Optional.empty(), 8080, 80, Protocol.TCP));
    }

    @Test
    void containerPortAloneLeavesTheHostPortOpen() {
        assertThat(PublishFlag.parse("80")).containsExactly(new PortMapping(Optional.empty(), 0, 80, Protocol.TCP));
    }

    @Test
    void addressAndProtocol() {
        assertThat(PublishFlag.parse("127.0.0.1:53:5353/UDP"))
                .containsExactly(new PortMapping(Optional.of(IpAddress.parse("127.0.0.1")), 53, 5353, Protocol.UDP));
    }

    @Test
    void ipv6WithAndWithoutBrackets() {
        List<PortMapping> expected =
                List.of(new PortMapping(Optional.of(IpAddress.parse("::1")), 80, 8080, Protocol.TCP));
        assertThat(PublishFlag.parse("[::1]:80:8080")).isEqualTo(expected);
        assertThat(PublishFlag.parse("::1:80:8080")).isEqualTo(expected);
    }

    @Test
    void emptyHostPortOnAnAddressIsAFreeOne() {
        assertThat(PublishFlag.parse("127.0.0.1::80").get(0).hostPort()).isZero();
    }

    @Test
    void equalRangesMapOneToOne() {
        assertThat(PublishFlag.parse("8000-8002:80-82"))
                .extracting(PortMapping::toString)
                .containsExactly("0.0.0.0:8000->80/tcp", "0.0.0.0:8001->81/tcp", "0.0.0.0:8002->82/tcp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8080:80/icmp|invalid proto: icmp",
                "99999:80|invalid hostPort: 99999",
                "0:80|invalid hostPort: 0",
                "80:http|invalid containerPort: http",
                "8080:|no port specified: 8080:<empty>",
                "300.1.1.1:80:80|invalid IP address: 300.1.1.1",
                "localhost:80:80|invalid IP address: localhost",
                "80-90:1-3|invalid ranges specified for container and host Ports: 1-3 and 80-90",
                "90-80:1-11|invalid hostPort: 90-80",
                "8080:80/tcp/udp|invalid proto: tcp/udp",
                "-1:80|invalid hostPort: -1",
            })
    void refusesInDockersWords(String flag, String message) {
        assertThatThrownBy(() -> PublishFlag.parse(flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Property
    void everyPairOfPortsComesBack(
            @ForAll @IntRange(min = 1, max = 65535) int host, @ForAll @IntRange(min = 1, max = 65535) int inside) {
        assertThat(PublishFlag.parse(host + ":" + inside + "/sctp"))
                .containsExactly(new PortMapping(Optional.empty(), host, inside, Protocol.SCTP));
    }

    @Property
    void anyTextIsParsedOrRefused(@ForAll String text) {
        try {
            assertThat(PublishFlag.parse(text)).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
