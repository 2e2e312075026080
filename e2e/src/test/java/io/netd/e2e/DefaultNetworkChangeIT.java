package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The default network gets IPv6 and loses it again, from one start of the daemon to the next. */
class DefaultNetworkChangeIT extends Ipv6WireTestBase {
    /** A docker0 that is made anew has another hardware address. */
    @Override
    List<String> changes() {
        return super.changes().stream()
                .filter(line -> !line.matches("links: (gone|new): docker0: .*"))
                .toList();
    }

    @Test
    void withoutASubnetItGetsOneOfThisHostsOwn() {
        restartWith("--ipv6");
        String chosen = subnet6();

        assertThat(chosen).startsWith("fd").endsWith("::/64");
        runDetached("--name", "one", IMAGE, "sleep", "1000");
        assertThat(ping("one", gateway6())).isZero();
        assertThat(ping("one", WIRE6)).isZero();
        restartWith("--ipv6");
        assertThat(subnet6()).isEqualTo(chosen);
    }

    @Test
    void itLosesIpv6WithItsLastContainer() {
        restartWith("--ipv6", "--fixed-cidr-v6", "fd18::/64");
        assertThat(addresses6()).contains("fd18::1/64");
        restartWith("--ipv6", "--fixed-cidr-v6", "fd19::/64");
        assertThat(addresses6()).contains("fd19::1/64").doesNotContain("fd18::");

        restartWith("--fixed-cidr-v6", "fd19::/64");

        assertThat(addresses6()).isEmpty();
        assertThat(subnet6()).isEmpty();
    }

    @Test
    void withoutMasqueradingContainersKeepTheirAddresses() {
        restartWith("--ip-masq=false", "--ipv6", "--fixed-cidr-v6", "fd17::/64");
        runDetached("--name", "one", IMAGE, "sleep", "1000");
        assertThat(ping("one", Host.NEIGHBOUR)).isNotZero();
        assertThat(ping("one", WIRE6)).isNotZero();

        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS + "; ip -n wire route add fd17::/64 via "
                        + HOST6)
                .ok();

        assertThat(ping("one", Host.NEIGHBOUR)).isZero();
        assertThat(ping("one", WIRE6)).isZero();
    }

    private String addresses6() {
        return host.sh("ip -o -6 address show dev docker0 scope global").ok();
    }

    private String subnet6() {
        return json(host.netctl("network", "inspect", "bridge").ok())
                .at("/0/IPAM/Config/1/Subnet")
                .asText();
    }

    private String gateway6() {
        return json(host.netctl("network", "inspect", "bridge").ok())
                .at("/0/IPAM/Config/1/Gateway")
                .asText();
    }
}
