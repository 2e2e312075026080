package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** STATUS on a host whose iptables is the legacy one, which is a program that can be missing. */
class StatusOnLegacyIptablesIT extends StatusIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
    }

    @Test
    void withoutTheProgramsNothingCanBePublishedOrMasqueraded() {
        host.sh("for f in nft legacy; do mount --bind /dev/null /usr/sbin/xtables-$f-multi; done")
                .ok();
        Output bridge = call("bridge");
        Output portmap = call("portmap");
        host.sh("for f in nft legacy; do umount /usr/sbin/xtables-$f-multi; done")
                .ok();
        for (Output output : new Output[] {bridge, portmap}) {
            assertThat(json(output.out()).at("/code").asInt()).as(output.out()).isEqualTo(50);
            assertThat(json(output.out()).at("/msg").asText()).contains("iptables-save");
        }
        assertThat(call("bridge").ok()).isEmpty();
        assertThat(call("portmap").ok()).isEmpty();
    }

    @Test
    void anAddThatFailsAtItsRulesLeavesNothing() {
        String config =
                "{\"cniVersion\":\"1.1.0\",\"name\":\"n\",\"type\":\"bridge\",\"bridge\":\"cni-st0\",\"ipMasq\":true,"
                        + "\"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.41.0.0/24\",\"dataDir\":\"/run/leases\"}}";
        host.sh("for f in nft legacy; do mount --bind /dev/null /usr/sbin/xtables-$f-multi; done")
                .ok();
        Output add = host.plugin(Host.ours("bridge"), config, Map.of("CNI_COMMAND", "ADD"));
        host.sh("for f in nft legacy; do umount /usr/sbin/xtables-$f-multi; done")
                .ok();
        assertThat(add.exitCode()).as(add.out()).isEqualTo(1);
        assertThat(host.sh("ip -o link; ip -n pod -o link").ok()).doesNotContain("cni-st0", "veth", "eth0");
        assertThat(host.sh("find /run/leases -name '10.*'").out()).isEmpty();
    }

    private Output call(String plugin) {
        String config = "{\"cniVersion\":\"1.1.0\",\"name\":\"n\",\"type\":\"" + plugin + "\",\"ipMasq\":true}";
        return host.plugin(Host.ours(plugin), config, Map.of("CNI_COMMAND", "STATUS"));
    }
}
