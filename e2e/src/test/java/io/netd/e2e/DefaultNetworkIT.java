package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys that dockerd has for its default bridge, by what they do to traffic of both families. */
class DefaultNetworkIT extends Ipv6WireTestBase {
    private static final String PAGE = "hello from a container";

    @Override
    String[] options() {
        return new String[] {"--ipv6", "--fixed-cidr-v6", "fd17::/64"};
    }

    @Test
    void containersHaveIpv6() {
        run("one");
        run("two");

        assertThat(inside("one", "ip -o -6 address show dev eth0 scope global")).contains("inet6 fd17::2/64");
        assertThat(inside("one", "ip -6 route show default")).contains("via fd17::1 dev eth0");
        for (String address : List.of("fd17::1", "fd17::3", WIRE6, "172.17.0.3", Host.NEIGHBOUR)) {
            assertThat(ping("one", address)).as(address).isZero();
        }
        JsonNode settings = inspect("two").at("/NetworkSettings");
        assertThat(settings.at("/GlobalIPv6Address").asText()).isEqualTo("fd17::3");
        assertThat(settings.at("/IPv6Gateway").asText()).isEqualTo("fd17::1");
        JsonNode network =
                json(host.netctl("network", "inspect", "bridge").ok()).get(0);
        assertThat(network.at("/EnableIPv6").asBoolean()).isTrue();
        assertThat(network.at("/IPAM/Config/1/Subnet").asText()).isEqualTo("fd17::/64");
    }

    @Test
    void publishedPortsAnswerByIpv6AndNothingElseDoes() {
        routesToContainers();
        run("web", "-p", "8130:80", "-p", "[::1]:8131:80");
        run("two");

        for (String url : List.of("http://[" + HOST6 + "]:8130/", "http://" + Host.ADDRESS + ":8130/")) {
            assertThat(fetch("ip netns exec wire", url)).as(url).isEqualTo(PAGE);
            assertThat(fetch("", url)).as(url).isEqualTo(PAGE);
            assertThat(host.netctl("exec", "two", "wget", "-qO-", url).ok())
                    .as(url)
                    .isEqualTo(PAGE);
        }
        assertThat(fetch("", "http://[::1]:8131/")).isEqualTo(PAGE);
        List.of("http://[" + HOST6 + "]:8131/", "http://[fd17::2]/", "http://172.17.0.2/", "http://[fd17::2]:8130/")
                .parallelStream()
                .forEach(url -> assertThat(reach(url)).as(url).isFalse());
    }

    @Test
    void itOutlivesTheDaemon() {
        run("web", "-p", "8130:80");
        String before = host.sh("ip -o address show dev docker0").ok();
        daemon.kill();
        assertThat(fetch("ip netns exec wire", "http://[" + HOST6 + "]:8130/")).isEqualTo(PAGE);
        daemon = Daemon.start(host, options());

        assertThat(host.sh("ip -o address show dev docker0").ok()).isEqualTo(before);
        assertThat(fetch("ip netns exec wire", "http://[" + HOST6 + "]:8130/")).isEqualTo(PAGE);
        assertThat(ping("web", WIRE6)).isZero();
        run("two");
        assertThat(ping("two", "fd17::2")).isZero();
    }

    @Test
    void withoutIccNeighboursDoNotReachOneAnother() {
        restartAlsoWith("--icc=false");
        run("web", "-p", "8130:80");
        run("two");

        assertThat(ping("two", "172.17.0.2")).isNotZero();
        assertThat(ping("two", "fd17::2")).isNotZero();
        assertThat(ping("two", "172.17.0.1")).isZero();
        assertThat(ping("two", WIRE6)).isZero();
        assertThat(fetch("ip netns exec wire", "http://[" + HOST6 + "]:8130/")).isEqualTo(PAGE);
    }

    @Test
    void iccCountsForContainersThatRun() {
        // Where rules see what stays on a bridge they would do, whatever its ports are told.
        bridgeNetfilter(0);
        run("web", "-p", "8130:80");
        run("two");
        assertThat(ping("two", "172.17.0.2")).isZero();

        restartAlsoWith("--icc=false");

        assertThat(ping("two", "172.17.0.2")).isNotZero();
        assertThat(ping("two", "fd17::2")).isNotZero();
        assertThat(ping("two", WIRE6)).isZero();
        assertThat(fetch("ip netns exec wire", "http://" + Host.ADDRESS + ":8130/"))
                .isEqualTo(PAGE);

        restartWith(options());

        assertThat(ping("two", "172.17.0.2")).isZero();
        assertThat(ping("two", "fd17::2")).isZero();
        bridgeNetfilter(1);
    }

    @Test
    void directRoutingReachesPublishedPortsOfEveryNetwork() {
        restartAlsoWith("--allow-direct-routing");
        routesToContainers();
        host.netctl("network", "create", "--subnet", "10.72.0.0/24", "blue").ok();
        run("web", "-p", "8130:80");
        run("blue", "--net", "blue", "-p", "8131:80");

        for (String address : List.of("172.17.0.2", "[fd17::2]", "10.72.0.2")) {
            assertThat(fetch("ip netns exec wire", "http://" + address + "/"))
                    .as(address)
                    .isEqualTo(PAGE);
            assertThat(reach("http://" + address + ":8133/")).as(address).isFalse();
        }
        host.netctl("rm", "-f", "blue").ok();
        host.netctl("network", "rm", "blue").ok();
    }

    private String inside(String container, String command) {
        return host.sh("nsenter --target " + pid(container) + " --net " + command)
                .ok();
    }
}
