package io.netd.firewall.ether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.MacAddress;
import io.netd.firewall.FirewallException;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.nft.NftSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules for ports of bridges, as nft shows them. */
class SourceChecksKernelIT {
    private static final SourceCheck CHECK =
            new SourceCheck("c1-eth0", "veth00000001", MacAddress.parse("02:00:00:00:00:01"));
    private static final SourceCheck OTHER =
            new SourceCheck("c2-eth0", "veth00000002", MacAddress.parse("02:00:00:00:00:02"));

    /** What the reference plugin's {@code pkg/link/spoofcheck.go} tells nft. */
    private static final String REFERENCE = """
            nft 'add table bridge nat
                 add chain bridge nat PREROUTING { type filter hook prerouting priority -300; policy accept; }
                 add chain bridge nat cni-br-iface-c1-eth0
                 add chain bridge nat cni-br-iface-c1-eth0-mac
                 add rule bridge nat PREROUTING iifname "veth00000001" jump cni-br-iface-c1-eth0 comment "macspoofchk-c1-eth0"
                 add rule bridge nat cni-br-iface-c1-eth0 jump cni-br-iface-c1-eth0-mac comment "macspoofchk-c1-eth0"
                 add rule bridge nat cni-br-iface-c1-eth0-mac ether saddr 02:00:00:00:00:01 return comment "macspoofchk-c1-eth0"
                 add rule bridge nat cni-br-iface-c1-eth0-mac drop comment "macspoofchk-c1-eth0"'
            """;

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final SourceChecks checks = new SourceChecks(() -> host.call(NftSocket::open));

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void itIsWhatTheReferenceMakesOfIt() {
        checks.put(CHECK);
        String ours = rules();
        host.sh("nft flush ruleset");
        host.sh(REFERENCE);
        assertThat(ours.replaceAll("\\s*comment \"made by netd\"", "")).isEqualTo(rules());
        assertThat(checks.isWhole(CHECK)).isTrue();
    }

    @Test
    void theLastOneTakesTheTableWithIt() {
        checks.put(CHECK);
        checks.put(OTHER);
        checks.remove("c1-eth0");
        assertThat(rules()).contains("c2-eth0").doesNotContain("c1-eth0");
        assertThat(checks.isWhole(OTHER)).isTrue();
        checks.remove("c2-eth0");
        checks.remove("c2-eth0");
        assertThat(rules()).isEmpty();
    }

    @Test
    void aTableOfOthersStays() {
        host.sh("nft add table bridge nat; nft add chain bridge nat PREROUTING"
                + " '{ type filter hook prerouting priority -300; }'");
        String before = rules();
        checks.put(CHECK);
        checks.remove("c1-eth0");
        assertThat(rules()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void whatOthersPutIntoOurTableStays() {
        checks.put(CHECK);
        host.sh("nft add chain bridge nat theirs; nft add set bridge nat s '{ type ether_addr; }'");
        checks.remove("c1-eth0");
        assertThat(rules()).contains("theirs", "set s").doesNotContain("PREROUTING", "c1-eth0");
        host.sh("nft delete chain bridge nat theirs");
        checks.put(CHECK);
        checks.remove("c1-eth0");
        assertThat(rules()).as("a set holds the table, not the chains").contains("set s");
    }

    @Test
    void oneThatTheReferenceMadeIsRemoved() {
        host.sh(REFERENCE);
        checks.remove("c1-eth0");
        assertThat(rules()).contains("chain PREROUTING").doesNotContain("c1-eth0");
    }

    @Test
    void oneOfTheSameIdGivesWay() {
        checks.put(new SourceCheck("c1-eth0", "veth0000000f", OTHER.mac()));
        checks.put(CHECK);
        assertThat(checks.isWhole(CHECK)).isTrue();
        assertThat(rules()).doesNotContain("02:00:00:00:00:02");
        checks.remove("c1-eth0");
        assertThat(rules()).isEmpty();
    }

    @Test
    void aRuleThatSomebodyChangedIsMissed() {
        checks.put(CHECK);
        host.sh("nft insert rule bridge nat cni-br-iface-c1-eth0-mac accept");
        assertThat(checks.isWhole(CHECK)).isFalse();
        checks.put(CHECK);
        host.sh("nft flush chain bridge nat PREROUTING");
        assertThat(checks.isWhole(CHECK)).isFalse();
        host.sh("nft flush ruleset");
        assertThat(checks.isWhole(CHECK)).isFalse();
    }

    @Test
    void thoseWithoutAPortAreFound() {
        checks.put(CHECK);
        checks.put(OTHER);
        assertThat(checks.withoutPort(Set.of("lo", "veth00000002"))).containsExactly("c1-eth0");
        assertThat(checks.withoutPort(Set.of("veth00000001", "veth00000002"))).isEmpty();
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() {
        List<SourceCheck> all = IntStream.range(0, 40)
                .mapToObj(i -> new SourceCheck("p" + i + "-eth0", "veth" + i, OTHER.mac()))
                .toList();
        checks.put(CHECK);
        all.parallelStream().forEach(check -> {
            checks.put(check);
            assertThat(checks.isWhole(check)).isTrue();
            checks.remove(check.id());
        });
        assertThat(checks.isWhole(CHECK)).isTrue();
        checks.remove("c1-eth0");
        assertThat(rules()).isEmpty();
    }

    @Test
    void aBaseChainElsewhereIsRefusedAndNothingIsDone() {
        host.sh("nft add table bridge nat; nft add chain bridge nat PREROUTING"
                + " '{ type filter hook input priority 0; }'");
        String before = rules();
        assertThatThrownBy(() -> checks.put(CHECK))
                .isInstanceOf(FirewallException.class)
                .hasMessageStartingWith("check what comes from veth00000001: add chain bridge nat PREROUTING: ");
        assertThat(rules()).isEqualTo(before);
    }

    @Test
    void anIdWithoutRoomIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceCheck("x".repeat(117), "v", OTHER.mac()));
        checks.put(new SourceCheck("x".repeat(SourceCheck.MAX_ID), "v", OTHER.mac()));
        assertThat(rules()).contains("x".repeat(SourceCheck.MAX_ID) + "-mac");
    }

    private String rules() {
        return host.sh("nft list ruleset");
    }
}
