package io.netd.netctl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.netctl.api.PublishedPort;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of TestDisplayablePorts of docker/cli: host address, host port, container port, protocol of each port. */
class DisplayedPortsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-,0,9988,tcp | 9988/tcp",
                "-,0,9988,udp | 9988/udp",
                "0.0.0.0,0,9988,tcp | 0.0.0.0:0->9988/tcp",
                "::,0,9988,tcp | [::]:0->9988/tcp",
                "-,8899,9988,tcp | 9988/tcp",
                "4.3.2.1,8899,9988,tcp | 4.3.2.1:8899->9988/tcp",
                "::1,8899,9988,tcp | [::1]:8899->9988/tcp",
                "4.3.2.1,9988,9988,tcp | 4.3.2.1:9988->9988/tcp",
                "::1,9988,9988,tcp | [::1]:9988->9988/tcp",
                "-,0,9988,udp -,0,9988,udp | 9988/udp, 9988/udp",
                "1.2.3.4,9998,9998,udp 1.2.3.4,9999,9999,udp | 1.2.3.4:9998-9999->9998-9999/udp",
                "::1,9998,9998,udp ::1,9999,9999,udp | [::1]:9998-9999->9998-9999/udp",
                "1.2.3.4,8887,9998,udp 1.2.3.4,8888,9999,udp | 1.2.3.4:8887->9998/udp, 1.2.3.4:8888->9999/udp",
                "::1,8887,9998,udp ::1,8888,9999,udp | [::1]:8887->9998/udp, [::1]:8888->9999/udp",
                "-,0,9998,udp -,0,9999,udp | 9998-9999/udp",
                "1.2.3.4,7766,6677,tcp -,8899,9988,udp | 9988/udp, 1.2.3.4:7766->6677/tcp",
                "1.2.3.4,8899,9988,udp 1.2.3.4,8899,9988,tcp 4.3.2.1,3322,2233,tcp ::1,3322,2233,tcp | 4.3.2.1:3"
                        + "322->2233/tcp, [::1]:3322->2233/tcp, 1.2.3.4:8899->9988/tcp, 1.2.3.4:8899->9988/udp",
                "-,8899,9988,udp 1.2.3.4,7766,6677,tcp 4.3.2.1,3322,2233,tcp | 9988/udp, 4.3.2.1:3322->2233/tcp,"
                        + " 1.2.3.4:7766->6677/tcp",
                "-,0,80,tcp -,0,1024,tcp -,0,80,udp -,0,1024,udp 1.1.1.1,80,1024,tcp 1.1.1.1,80,1024,udp 1.1.1.1"
                        + ",1024,80,tcp 1.1.1.1,1024,80,udp 2.1.1.1,80,1024,tcp 2.1.1.1,80,1024,udp 2.1.1.1,1024,80,tcp 2."
                        + "1.1.1,1024,80,udp -,0,12345,sctp | 80/tcp, 80/udp, 1024/tcp, 1024/udp, 12345/sctp, 1.1.1.1:1024"
                        + "->80/tcp, 1.1.1.1:1024->80/udp, 2.1.1.1:1024->80/tcp, 2.1.1.1:1024->80/udp, 1.1.1.1:80->1024/tc"
                        + "p, 1.1.1.1:80->1024/udp, 2.1.1.1:80->1024/tcp, 2.1.1.1:80->1024/udp",
                "10.0.0.2,8080,80,tcp 9.0.0.1,8081,80,tcp | 9.0.0.1:8081->80/tcp, 10.0.0.2:8080->80/tcp",
            })
    void printsAsDockerDoes(String ports, String displayed) {
        List<PublishedPort> parsed =
                Stream.of(ports.split(" ")).map(DisplayedPortsTest::port).toList();
        assertThat(DisplayedPorts.of(parsed)).isEqualTo(displayed);
    }

    private static PublishedPort port(String text) {
        String[] parts = text.split(",");
        return new PublishedPort(
                parts[0].replace("-", ""), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
    }

    @Test
    void bothFamiliesAndWhatIsExposedAreShown() {
        List<PublishedPort> ports = List.of(
                PublishedPort.exposed(443, "tcp"),
                new PublishedPort("::", 80, 80, "tcp"),
                new PublishedPort("::", 81, 81, "tcp"),
                new PublishedPort("0.0.0.0", 81, 81, "tcp"),
                new PublishedPort("0.0.0.0", 80, 80, "tcp"));
        assertThat(DisplayedPorts.of(ports)).isEqualTo("0.0.0.0:80-81->80-81/tcp, [::]:80-81->80-81/tcp, 443/tcp");
    }
}
