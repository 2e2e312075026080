package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as a change of a host. */
class SnapshotIT {
    private static final String OF_IPV4 = "iptables -t nat -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE; ";
    private static final String OF_IPV6 = "ip6tables -t nat -A POSTROUTING -s fd00::/8 -j MASQUERADE; ";

    private final Host host = Host.create();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theOrderInWhichTablesCameIsNone() {
        host.sh(OF_IPV4 + OF_IPV6).ok();
        Snapshot before = Snapshot.of(host);

        host.sh("nft flush ruleset; " + OF_IPV6 + OF_IPV4).ok();

        assertThat(before.changesTo(Snapshot.of(host))).isEmpty();
    }

    @Test
    void anotherTargetIsOne() {
        host.sh(OF_IPV4 + OF_IPV6).ok();
        Snapshot before = Snapshot.of(host);

        host.sh("nft flush ruleset; " + OF_IPV6 + OF_IPV4.replace("MASQUERADE", "RETURN"))
                .ok();

        assertThat(before.changesTo(Snapshot.of(host)))
                .containsExactly(
                        "rules of nftables: gone: ip saddr 10.0.0.0/8 counter masquerade",
                        "rules of nftables: new: ip saddr 10.0.0.0/8 counter return");
    }
}
