package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.PortRange;
import io.netd.address.testing.Generated;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of nat_test.go of docker/go-connections and of opts_test.go and port_test.go of docker/cli, and more. */
class PublishFlagTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "8080:80|8080->80/tcp",
                "80|any->80/tcp",
                "1234/tcp|any->1234/tcp",
                "2345/udp|any->2345/udp",
                "3456/sctp|any->3456/sctp",
                "1234:1234/tcp|1234->1234/tcp",
                "2345:2345/udp|2345->2345/udp",
                "3456:3456/sctp|3456->3456/sctp",
                "53:53/UDP|53->53/udp",
                "0.0.0.0:1234:1234/tcp|0.0.0.0 1234->1234/tcp",
                "0.0.0.0:2345:2345/udp|0.0.0.0 2345->2345/udp",
                "0.0.0.0:3456:3456/sctp|0.0.0.0 3456->3456/sctp",
                "192.168.1.100::80|192.168.1.100 any->80/tcp",
                "192.168.1.100:8080:80|192.168.1.100 8080->80/tcp",
                "192.168.1.100::6000/udp|192.168.1.100 any->6000/udp",
                "192.168.1.100::6000/sctp|192.168.1.100 any->6000/sctp",
                ":8080:6000/tcp|8080->6000/tcp",
                "::6000|any->6000/tcp",
                ":80|any->80/tcp",
                "127.0.0.1::80|127.0.0.1 any->80/tcp",
                "[2001:4860:0:2001::68]::333|2001:4860:0:2001::68 any->333/tcp",
                "[::1]:80:80|::1 80->80/tcp",
                "2001:4860:0:2001::68::333|2001:4860:0:2001::68 any->333/tcp",
                "::1:80:80|::1 80->80/tcp",
                "::::80|:: any->80/tcp",
                "[::1]:8080:6000/udp|::1 8080->6000/udp",
                "[::1]::6000/udp|::1 any->6000/udp",
                "::1:8080:6000/udp|::1 8080->6000/udp",
                "::::6000/udp|:: any->6000/udp",
                "[127.0.0.1]:80:80|127.0.0.1 80->80/tcp",
                "[]:80:80|80->80/tcp",
                "[::ffff:127.0.0.1]:80:80|127.0.0.1 80->80/tcp",
                "[::fffe:7f00:1]:80:80|::fffe:7f00:1 80->80/tcp",
                "0:80|any->80/tcp",
                "080:0080|80->80/tcp",
                "+80:80|80->80/tcp",
                "80-80:8080/tcp|80->8080/tcp",
                "80-82:8080/udp|80-82->8080/udp",
                "1234-1236/tcp|any->1234/tcp any->1235/tcp any->1236/tcp",
                "80-82:8080-8082/udp|80->8080/udp 81->8081/udp 82->8082/udp",
                "0.0.0.0:1234-1235:3333-3334/tcp|0.0.0.0 1234->3333/tcp 0.0.0.0 1235->3334/tcp",
                "0-1:80-81|any->80/tcp 1->81/tcp",
                "target=10,published=20|20->10/tcp",
                "published=1500,target=200|1500->200/tcp",
                "target=80|any->80/tcp",
                "target=80,protocol=udp|any->80/udp",
                "target=80,published=8080,protocol=tcp,mode=host|8080->80/tcp",
                "target=80,published=8080,mode=ingress|8080->80/tcp",
                "target=80-81,published=8080-8081|8080->80/tcp 8081->81/tcp",
                "published=127.0.0.1:80,target=80|127.0.0.1 80->80/tcp",
            })
    void readsAsDockerDoes(String flag, String requests) {
        assertThat(PublishFlag.parse(flag).stream().map(PublishFlagTest::text).collect(Collectors.joining(" ")))
                .isEqualTo(requests);
    }

    private static String text(PortRequest request) {
        String ip = request.hostIps().stream().map(address -> address + " ").collect(Collectors.joining());
        String ports = request.hostPorts().map(PortRange::toString).orElse("any");
        return ip + ports + "->" + request.containerPort() + "/" + request.protocol();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|no port specified: <empty>",
                "0.0.0.0:1234-1235:/tcp|no port specified: 0.0.0.0:1234-1235:/tcp<empty>",
                "0.0.0.0:1234-1235:|no port specified: 0.0.0.0:1234-1235:<empty>",
                "8080:|no port specified: 8080:<empty>",
                "8080:80/icmp|invalid proto: icmp",
                "80/XYZ|invalid proto: xyz",
                "8080:80/tcp/udp|invalid proto: tcp/udp",
                "99999:80|invalid hostPort: 99999",
                "-1:80|invalid hostPort: -1",
                "90-80:1-11|invalid hostPort: 90-80",
                "80-:80|invalid hostPort: 80-",
                "0-5:80|invalid hostPort: 0-5",
                "80:http|invalid containerPort: http",
                "tcp|invalid containerPort: tcp",
                "9999999|invalid containerPort: 9999999",
                "8080:0|invalid containerPort: 0",
                "0-5|invalid containerPort: 0-5",
                "192.168.1.100|invalid containerPort: 192.168.1.100",
                "192.168.1.100:-1:-1|invalid containerPort: -1",
                "80: 80|invalid containerPort:  80",
                "300.1.1.1:80:80|invalid IP address: 300.1.1.1",
                "localhost:1234:1234/tcp|invalid IP address: localhost",
                "localhost:1234-1236:1234-1236/tcp|invalid IP address: localhost",
                "[fe80::1%eth0]:80:80|invalid IP address: fe80::1%eth0",
                "[::1:80:80|invalid IP address [::1: address [::1:: missing ']' in address",
                "[::1]x:80:80|invalid IP address [::1]x: address [::1]x:: missing port in address",
                "80-90:1-3|invalid ranges specified for container and host Ports: 1-3 and 80-90",
                "80:1-3|invalid ranges specified for container and host Ports: 1-3 and 80",
                "published=1500,target:444|invalid publish opts format (should be name=value but got 'target:444')",
                "published=1500,444|invalid publish opts format (should be name=value but got '444')",
                "published=1500,target,444|invalid publish opts format (should be name=value but got 'target')",
                "=80,target=80|invalid publish opts format (should be name=value but got '=80')",
                "invalid=field|invalid field key: invalid",
                "published=8080,protocol=tcp,mode=ingress|missing mandatory field 'target'",
                "target=80,mode=invalid|invalid publish mode value (invalid): must be either 'ingress' or 'host'",
                "target=80,protocol=invalid|invalid proto: invalid",
                "target=invalid|invalid containerPort: invalid",
                "published=invalid,target=80|invalid hostPort: invalid",
            })
    void refusesInDockersWords(String flag, String message) {
        assertThatThrownBy(() -> PublishFlag.parse(flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|empty string specified for ports",
                "asdf|invalid start port 'asdf': invalid syntax",
                "1asdf|invalid start port '1asdf': invalid syntax",
                "65536|invalid start port '65536': value out of range (0–65535)",
                "9000-65536|invalid end port '65536': value out of range (0–65535)",
                "99999999999999999999|invalid start port '99999999999999999999': value out of range (0–65535)",
                "-1|invalid start port '': value is empty",
                "9000-|invalid end port '': value is empty",
                "9000-8000|invalid port range: 9000-8000",
            })
    void numbersAreRefusedAsByParsePortRange(String text, String message) {
        assertThatThrownBy(() -> PortNumbers.parse(text)).hasMessage(message);
    }

    @Test
    void aFlagIsOfBoundedLength() {
        assertThatThrownBy(() -> PublishFlag.parse("8".repeat(257))).hasMessageContaining("longer than 256");
    }

    @Test
    void everyPairOfPortsComesBack() {
        Generated.times(1000, random -> {
            int host = Generated.integer(random, 1, 65_535);
            int inside = Generated.integer(random, 1, 65_535);
            assertThat(PublishFlag.parse(host + ":" + inside + "/sctp"))
                    .extracting(PublishFlagTest::text)
                    .isEqualTo(List.of(host + "->" + inside + "/sctp"));
        });
    }

    @Test
    void anyTextIsParsedOrRefused() {
        Generated.times(1000, random -> {
            String text = Generated.text(random, 60);
            try {
                assertThat(PublishFlag.parse(text)).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }
}
