package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What -p, -P and --expose mean, and what is printed of it. */
class PublishIT extends NetdTestBase {
    private static final String PAGE = "hello from a container";

    @BeforeAll
    void importImages() {
        host.netctl("import", "-c", "EXPOSE 80 53/udp", "--change", "ENV A=b", RootFiles.TAR, "exposing")
                .ok();
        host.netctl("import", "-c", "CMD [\"echo\",\"hi there\"]", "-c", "WORKDIR /www", RootFiles.TAR, "saying")
                .ok();
    }

    @Test
    void ofARangeOfHostPortsTheFirstFreeOneIsTaken() {
        Process other = host.start("nc", "-l", "-n", "0.0.0.0", "8101");
        try {
            host.sh("until ss -ltn | grep -q :8101; do :; done").ok();
            serve("first", "-p", "8100-8103:80");
            serve("second", "-p", "8100-8103:80", "-p", "8102:80");
        } finally {
            other.destroy();
        }

        assertThat(host.netctl("port", "first").ok()).isEqualTo("80/tcp -> 0.0.0.0:8100");
        assertThat(host.netctl("port", "second").ok()).isEqualTo("80/tcp -> 0.0.0.0:8102\n80/tcp -> 0.0.0.0:8103");
        for (int port : List.of(8100, 8102, 8103)) {
            assertThat(fetch(port)).isEqualTo(PAGE);
        }
    }

    @Test
    void aRangeWithoutAFreePortIsRefused() {
        runDetached("-p", "8110-8111:80-81", IMAGE, "sleep", "1000");

        Output output = host.netctl("run", "--rm", "-p", "8110-8111:80", IMAGE, "true");

        assertThat(output.exitCode()).isEqualTo(125);
        assertThat(output.err()).contains("Bind for 0.0.0.0:8110-8111 failed: all ports are allocated");
    }

    @Test
    void rangesOfEqualSizeAreOneToOneAndPrintedTogether() {
        serve("web", "-p", "8120-8122:80-82", "-p", "81:81/UDP", "-p", "82:82/udp");

        assertThat(fetch(8120)).isEqualTo(PAGE);
        assertThat(host.netctl("port", "web").ok().lines())
                .containsExactly(
                        "80/tcp -> 0.0.0.0:8120",
                        "81/tcp -> 0.0.0.0:8121",
                        "81/udp -> 0.0.0.0:81",
                        "82/tcp -> 0.0.0.0:8122",
                        "82/udp -> 0.0.0.0:82");
        assertThat(ports())
                .isEqualTo("0.0.0.0:81-82->81-82/udp, 0.0.0.0:8120->80/tcp, 0.0.0.0:8121->81/tcp, "
                        + "0.0.0.0:8122->82/tcp");
        assertThat(host.netctl("port", "web", "82/udp").ok()).isEqualTo("0.0.0.0:82");
        assertThat(host.netctl("port", "--format", "json", "web", "80").ok())
                .isEqualTo("{\"ContainerPort\":80,\"Protocol\":\"tcp\",\"HostIp\":\"0.0.0.0\",\"HostPort\":8120}");
    }

    @Test
    void theLongFormAndAnEmptyHostPortAreUnderstood() {
        serve("web", "-p", "published=8130,target=80,protocol=tcp,mode=host", "-p", "127.0.0.1::80");

        assertThat(fetch(8130)).isEqualTo(PAGE);
        List<String> ends = host.netctl("port", "web", "80").ok().lines().toList();
        assertThat(ends).hasSize(2).contains("0.0.0.0:8130");
        String loopback = ends.stream()
                .filter(end -> end.startsWith("127.0.0.1:"))
                .findFirst()
                .orElseThrow();
        assertThat(host.sh("curl -sS --max-time 5 http://" + loopback + "/").ok())
                .isEqualTo(PAGE);
    }

    @Test
    void allThatImageAndFlagsExposeIsPublished() {
        runDetached("--name", "web", "-P", "--expose", "81-82", "-p", "8140:82", "exposing", "sleep", "1000");
        runDetached("--name", "shy", "exposing", "sleep", "1000");
        startServer("web");

        String published = host.netctl("port", "web", "80").ok();
        assertThat(host.sh("curl -sS --max-time 5 http://" + published + "/").ok())
                .isEqualTo(PAGE);
        assertThat(host.netctl("port", "web").ok().lines().map(line -> line.replaceFirst(" .*", "")))
                .containsExactly("53/udp", "80/tcp", "81/tcp", "82/tcp");
        assertThat(host.netctl("port", "web", "82").ok()).isEqualTo("0.0.0.0:8140");
        assertThat(host.netctl("exec", "web", "sh", "-c", "echo $A").ok()).isEqualTo("b");
        JsonNode config = inspect("web");
        assertThat(config.at("/HostConfig/PublishAllPorts").asBoolean()).isTrue();
        assertThat(config.at("/HostConfig/PortBindings"))
                .hasToString("{\"82/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8140\"}]}");
        assertThat(config.at("/NetworkSettings/Ports")).hasSize(4);
        assertThat(host.netctl("port", "shy").ok()).isEmpty();
    }

    @Test
    void anExposedPortIsShownAndNotReached() {
        serve("web", "--expose", "80", "--expose", "9000-9001/udp");

        assertThat(ports()).isEqualTo("80/tcp, 9000-9001/udp");
        Output port = host.netctl("port", "web", "80");
        assertThat(port.exitCode()).isEqualTo(1);
        assertThat(port.err().strip()).isEqualTo("no public port '80' published for web");
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":80/")
                        .exitCode())
                .isNotZero();
        JsonNode container = inspect("web");
        assertThat(container.at("/Config/ExposedPorts")).hasToString("{\"80/tcp\":{},\"9000/udp\":{},\"9001/udp\":{}}");
        assertThat(container.at("/NetworkSettings/Ports"))
                .hasToString("{\"80/tcp\":null,\"9000/udp\":null,\"9001/udp\":null}");
        assertThat(container.at("/HostConfig/PortBindings")).isEmpty();
        host.netctl("stop", "-t", "0", "web").ok();
        assertThat(host.netctl("ps", "-a", "--format", "{{.Ports}}").ok()).isEmpty();
    }

    @Test
    void whatCannotBePublishedIsRefusedInDockersWords() {
        Map<String, String> refusals = Map.of(
                "-p 8080:80/icmp", "invalid proto: icmp",
                "-p 8080:0", "invalid containerPort: 0",
                "-p 80-82:1-2", "invalid ranges specified for container and host Ports: 1-2 and 80-82",
                "-p localhost:80:80", "invalid IP address: localhost",
                "--expose 82-80", "invalid range format for --expose: invalid port range: 82-80",
                "-P --net container:web", "conflicting options: port publishing and the container type network mode",
                "--expose 80 --net container:web",
                        "conflicting options: port exposing and the container type network mode");
        runDetached("--name", "web", IMAGE, "sleep", "1000");

        refusals.forEach((flags, message) -> {
            Output output = host.netctl(("run --rm " + flags + " " + IMAGE + " true").split(" "));
            assertThat(output.err().strip()).isEqualTo("netctl: Error response from daemon: " + message);
            assertThat(output.exitCode()).isEqualTo(125);
        });
    }

    @Test
    void anImportedCommandIsRun() {
        assertThat(host.netctl("run", "--rm", "saying").ok()).isEqualTo("hi there");
        assertThat(host.netctl("run", "--rm", "saying", "pwd").ok()).isEqualTo("/www");
        Output output = host.netctl("import", "-c", "FROM x", RootFiles.TAR);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("from is not a valid change command");
    }

    private void serve(String name, String... flags) {
        List<String> words = new ArrayList<>(List.of("--name", name));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "sleep", "1000"));
        runDetached(words.toArray(String[]::new));
        startServer(name);
    }

    private void startServer(String name) {
        host.netctl("exec", name, "sh", "-c", "httpd -p 80 -h /www; until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private String fetch(int port) {
        return host.sh("curl -sS --max-time 5 http://127.0.0.1:" + port + "/").ok();
    }

    private String ports() {
        return host.netctl("ps", "--format", "{{.Ports}}").ok();
    }
}
