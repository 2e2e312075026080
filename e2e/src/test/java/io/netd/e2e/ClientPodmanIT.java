package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Podman with {@code network_backend = "cni"}, whose folder of plugins is netd's. */
class ClientPodmanIT extends NetdTestBase {
    private static final List<String> SERVER = List.of("httpd", "-f", "-p", "80", "-h", "/www");
    private static final String GREETING = "hello from a container";

    private Podman podman;

    @BeforeAll
    void openPodman() throws Exception {
        podman = Podman.open(host);
    }

    @AfterAll
    void closePodman() {
        podman.close();
    }

    @Override
    void removeContainers() {
        podman.removeContainers();
    }

    @Test
    void aPublishedPortAnswersFromEverywhereUntilTheContainerIsGone() {
        serve("web", "-p", "8080:80");

        assertThat(fetch("127.0.0.1:8080")).isEqualTo(GREETING);
        assertThat(fetch(Host.ADDRESS + ":8080")).isEqualTo(GREETING);
        assertThat(host.sh("ip netns exec wire " + curl(Host.ADDRESS + ":8080")).ok())
                .isEqualTo(GREETING);
        assertThat(fetch(address4("web") + ":80")).isEqualTo(GREETING);
        assertThat(reaches("podman", Host.ADDRESS, 8080)).isTrue();

        podman.removeContainers();
        assertThat(host.sh("curl -s --max-time 3 http://" + Host.ADDRESS + ":8080")
                        .exitCode())
                .isNotZero();
    }

    @Test
    void aRangeOfPortsIsPublished() {
        podman.run(
                "web",
                List.of("-p", "8090-8092:80-82"),
                "sh",
                "-c",
                "httpd -p 80 -h /www; httpd -p 81 -h /www; exec httpd -f -p 82 -h /www");

        for (int port = 8090; port <= 8092; port++) {
            assertThat(fetch("127.0.0.1:" + port)).isEqualTo(GREETING);
        }
    }

    @Test
    void addressAndMacAreThoseAskedFor() {
        serve("web", "--ip", "10.88.0.77", "--mac-address", "02:00:00:00:00:77");

        assertThat(address4("web")).isEqualTo("10.88.0.77");
        assertThat(json(podman.ip("web", "-j link show dev eth0"))
                        .at("/0/address")
                        .asText())
                .isEqualTo("02:00:00:00:00:77");
        assertThat(fetch("10.88.0.77:80")).isEqualTo(GREETING);
    }

    @Test
    void aRestartedContainerAnswersAgain() {
        serve("web", "-p", "8080:80");
        podman.call("restart", "-t", "0", "web").ok();
        assertThat(fetch("127.0.0.1:8080")).isEqualTo(GREETING);
    }

    @Test
    void buildahRunsInTheSameNetwork() {
        serve("web", "-p", "8080:80");

        String said = podman.buildah("sh", "-c", "ip -o -4 address show dev eth0; " + request(Host.ADDRESS, 8080));

        assertThat(said).contains("10.88.0.", GREETING);
    }

    @Test
    void isolatedNetworksDoNotReachEachOther() {
        podman.call("network", "create", "--opt", "isolate=true", "--subnet", "10.91.0.0/24", "one")
                .ok();
        podman.call("network", "create", "--opt", "isolate=true", "--subnet", "10.92.0.0/24", "two")
                .ok();
        try {
            serve("web", "--network", "one", "--ip", "10.91.0.5");

            assertThat(reaches("one", "10.91.0.5", 80)).isTrue();
            assertThat(reaches("two", "10.91.0.5", 80)).isFalse();
        } finally {
            podman.removeContainers();
            podman.call("network", "rm", "one", "two").ok();
            // What host-local keeps of a network nobody takes away.
            host.run("rm", "-r", "/var/lib/cni/networks/one", "/var/lib/cni/networks/two")
                    .ok();
        }
    }

    /** Asks from another container; busybox's own wget needs name services that its image has not. */
    private boolean reaches(String network, String address, int port) {
        Output answer = podman.call(
                "run",
                "--rm",
                "--cgroup-parent",
                Host.CGROUPS,
                "--network",
                network,
                IMAGE,
                "sh",
                "-c",
                request(address, port));
        return answer.out().contains(GREETING);
    }

    private static String request(String address, int port) {
        return "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 " + address + " " + port;
    }

    private void serve(String name, String... options) {
        podman.run(name, List.of(options), SERVER.toArray(String[]::new));
    }

    private String address4(String container) {
        return json(podman.ip(container, "-j -4 address show dev eth0"))
                .at("/0/addr_info/0/local")
                .asText();
    }

    private String fetch(String where) {
        return host.sh(curl(where)).ok();
    }

    /** The server may not listen yet when its container runs. */
    private static String curl(String where) {
        return "timeout 10 sh -c 'until curl -s --max-time 3 http://" + where + "; do :; done'";
    }
}
