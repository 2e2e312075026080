package io.netd.firewall.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.UserChain;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leads to the user's own rules, once none of netd's stand there any more. */
class UserChainKernelIT {
    private static final Owner NETWORK = new Owner("network/bridge");
    private static final List<Rule> RULES = NetworkRules.protect(
            new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.0/16"), IpPrefix.parse("fd00::/64")), true));

    /** Where rules stand, and the user's words there. */
    enum Place {
        IPTABLES_NFT(
                Framework.IPTABLES,
                Flavour.IPTABLES_NFT,
                "iptables-nft -A NETD-USER -s 192.0.2.1 -j DROP; ip6tables-nft -A NETD-USER -s 2001:db8::1 -j DROP",
                "iptables-nft -F NETD-USER; ip6tables-nft -F NETD-USER"),
        IPTABLES_LEGACY(
                Framework.IPTABLES,
                Flavour.IPTABLES_LEGACY,
                "iptables-legacy -A NETD-USER -s 192.0.2.1 -j DROP; ip6tables-legacy -A NETD-USER -s 2001:db8::1 -j DROP",
                "iptables-legacy -F NETD-USER; ip6tables-legacy -F NETD-USER"),
        NFTABLES(
                Framework.NFTABLES,
                Flavour.IPTABLES_LEGACY,
                "nft add rule ip netd filter-NETD-USER ip saddr 192.0.2.1 drop;"
                        + " nft add rule ip6 netd filter-NETD-USER ip6 saddr 2001:db8::1 drop",
                "nft flush chain ip netd filter-NETD-USER; nft flush chain ip6 netd filter-NETD-USER");

        private final Framework framework;
        private final Flavour flavour;
        private final String drops;
        private final String flush;

        Place(Framework framework, Flavour flavour, String drops, String flush) {
            this.framework = framework;
            this.flavour = flavour;
            this.drops = drops;
            this.flush = flush;
        }
    }

    private final ThrowawayNamespace host = ThrowawayNamespace.create();

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void itStaysAsLongAsTheUserHasRules(Place place) {
        String before = rules();
        try (Ledger ledger = open(place.framework, place.flavour)) {
            ledger.put(NETWORK, RULES);
            host.sh(place.drops);
            for (int i = 0; i < 2; i++) {
                ledger.remove(NETWORK);
                UserChain.leave(ledger);
                assertThat(ways()).hasSize(2);
                ledger.put(NETWORK, RULES);
                assertThat(ways()).hasSize(2);
            }
            ledger.remove(NETWORK);
            host.sh(place.flush);
            UserChain.leave(ledger);
        }
        assertThat(rules()).isEqualTo(before);
    }

    /** One that is killed between any two steps leaves the rest of them to the next. */
    @ParameterizedTest
    @EnumSource
    void itStaysThroughMovesThatAreBrokenOff(Place place) {
        Framework other = place.framework == Framework.IPTABLES ? Framework.NFTABLES : Framework.IPTABLES;
        try (Ledger ledger = open(place.framework, place.flavour)) {
            ledger.put(NETWORK, RULES);
        }
        host.sh(place.drops);
        Owner former = new Owner("former/bridge");
        for (int steps = 0; steps < 4; steps++) {
            try (Ledger ledger = open(other, place.flavour)) {
                ledger.adopt(Map.of(former, in(place.framework)));
                ledger.adopt(Map.of(NETWORK, RULES));
                Stream.<Runnable>of(
                                () -> ledger.repair(other), () -> ledger.remove(former), () -> UserChain.leave(ledger))
                        .limit(steps)
                        .forEach(Runnable::run);
            }
            assertThat(ways()).as("after %d steps", steps).hasSize(steps == 0 ? 2 : 4);
        }
        host.sh(place.flush);
        try (Ledger ledger = open(other, place.flavour)) {
            ledger.adopt(Map.of(NETWORK, RULES));
            UserChain.leave(ledger);
            assertThat(ledger.missing(RULES)).isEmpty();
            assertThat(ways()).hasSize(2);
        }
    }

    @Test
    void lookingForItMakesNoTableOfIptablesLegacy() {
        try (Ledger ledger = open(Framework.NFTABLES, Flavour.IPTABLES_LEGACY)) {
            UserChain.leave(ledger);
            assertThat(ledger.missing(in(Framework.IPTABLES))).isNotEmpty();
        }
        assertThat(host.sh("cat /proc/net/ip_tables_names /proc/net/ip6_tables_names"))
                .isEmpty();
    }

    private Ledger open(Framework usual, Flavour flavour) {
        HostFirewall firewall = new HostFirewall(usual, flavour);
        return Ledger.of(
                usual,
                Stream.of(Framework.values())
                        .collect(Collectors.toMap(
                                framework -> framework, framework -> firewall.open(framework, host.namespace()))));
    }

    private static List<Rule> in(Framework framework) {
        return RULES.stream().map(rule -> rule.in(Optional.of(framework))).toList();
    }

    /** What leads to the user's chain, in whatever framework and family. */
    private List<String> ways() {
        return rules().lines()
                .filter(line -> line.matches(".*(-j NETD-USER|jump (filter-)?NETD-USER)"))
                .toList();
    }

    /** What is empty in iptables-legacy is there for good. */
    private String rules() {
        return host.sh("nft -s list ruleset; for save in iptables-legacy-save ip6tables-legacy-save; do $save"
                + " | grep -E '^(-A|:NETD)' | sed 's/ \\[.*//'; done; true");
    }
}
