package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in to containers that run already, from one start of the daemon to the next. */
class AdmissionChangeIT extends Ipv6WireTestBase {
    private static final String PAGE = "hello from a container";
    private static final String DIRECT = "--allow-direct-routing";
    private static final String TRUSTING = "com.docker.network.bridge.trusted_host_interfaces=uplink";
    private static final List<String> ON_BLUE = List.of("10.72.0.2", "[fd72::2]");

    @Override
    String[] options() {
        return new String[] {"--ipv6", "--fixed-cidr-v6", "fd17::/64"};
    }

    @Override
    void furnish() {
        super.furnish();
        host.sh(
                        "nft add table inet marks; nft 'add chain inet marks pre { type filter hook prerouting priority -350; }'")
                .ok();
    }

    @BeforeEach
    void makeNetwork() {
        host.netctl("network", "create", "--subnet=10.72.0.0/24", "--subnet=fd72::/64", "-o", TRUSTING, "blue")
                .ok();
        routesToContainers();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        host.netctl("network", "rm", "blue").ok();
        host.sh("nft flush table inet marks").ok();
        super.hostIsAsBefore();
    }

    @Test
    void directRoutingCounts() {
        run("web", "-p", "8130:80");
        assertThat(reach("http://172.17.0.2/")).isFalse();

        restartAlsoWith(DIRECT);

        for (String url : List.of("http://172.17.0.2/", "http://[fd17::2]/")) {
            assertThat(fetch("ip netns exec wire", url)).as(url).isEqualTo(PAGE);
        }
        assertThat(reach("http://172.17.0.2:8133/")).isFalse();

        restartWith(options());

        List.of("http://172.17.0.2/", "http://[fd17::2]/").parallelStream()
                .forEach(url -> assertThat(reach(url)).as(url).isFalse());
        assertThat(fetch("ip netns exec wire", "http://" + Host.ADDRESS + ":8130/"))
                .isEqualTo(PAGE);
    }

    /** The stranger comes by another interface than whoever is on the wire. */
    @Test
    void directRoutingCountsWhereAnInterfaceIsTrusted() {
        run("web", "--net", "blue", "-p", "8130:80");
        run("stranger");
        for (String start : List.of("hidden", "direct", "hidden")) {
            boolean isDirect = start.equals("direct");
            restartAlsoWith(isDirect ? new String[] {DIRECT} : new String[0]);

            ON_BLUE.parallelStream().forEach(address -> {
                String url = "http://" + address + ":80/";
                assertThat(reach(url)).as(url).isTrue();
                assertThat(reach("nsenter --net --target " + pid("stranger"), url))
                        .as(start + " " + url)
                        .isEqualTo(isDirect);
                assertThat(reach("http://" + address + ":8133/")).as(url).isFalse();
            });
        }
    }

    /** Port 8133 is published by nobody. */
    @Test
    void theMarkCountsThatTheDaemonWasStartedWithLast() {
        restartAlsoWith(DIRECT, "--bridge-accept-fwmark=0x2/3");
        run("web");
        run("sky", "--net", "blue");
        getsIn(Map.of("0xe", true, "0x5", false));

        restartAlsoWith(DIRECT, "--bridge-accept-fwmark=0x1/3");
        getsIn(Map.of("0xe", false, "0x5", true));

        restartAlsoWith(DIRECT);
        getsIn(Map.of("0x5", false));
    }

    /** Whether what bears a mark does. */
    private void getsIn(Map<String, Boolean> marks) {
        marks.forEach((mark, expected) -> {
            host.sh("nft flush table inet marks; nft add rule inet marks pre meta mark set " + mark)
                    .ok();
            List.of("172.17.0.2", "[fd17::2]", "10.72.0.2", "[fd72::2]").parallelStream()
                    .forEach(address -> assertThat(reach("http://" + address + ":8133/"))
                            .as("marked " + mark + " to " + address)
                            .isEqualTo(expected));
        });
    }
}
