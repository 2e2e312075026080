package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.Chains;
import io.netd.firewall.FirewallException;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger promises, seen through the iptables programs of one flavour. */
abstract class LedgerContract {
    static final Owner ONE = new Owner("attachment/1");
    static final Owner TWO = new Owner("attachment/2");
    private static final BridgeNetwork NETWORK =
            new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.0/16")), true);

    private final Flavour flavour;
    private final String suffix;
    ThrowawayNamespace host;
    Ledger ledger;

    LedgerContract(Flavour flavour, String suffix) {
        this.flavour = flavour;
        this.suffix = suffix;
    }

    @BeforeEach
    void openHost() {
        host = ThrowawayNamespace.create();
        ledger = open();
    }

    @AfterEach
    void closeHost() {
        ledger.close();
        host.close();
    }

    Ledger open() {
        return Ledger.of(IptablesBackends.ofOwnNamespace(flavour, host.namespace()));
    }

    /** All rules as the save programs print them, without counters and comments. */
    String saved() {
        return host.sh("iptables" + suffix + "-save; ip6tables" + suffix + "-save")
                .lines()
                .filter(line -> line.startsWith("-A") || line.startsWith(":NETD") || line.startsWith(":CNI"))
                .map(line -> line.replaceAll(" \\[.*]$", ""))
                .sorted()
                .reduce("", (text, line) -> text + line + "\n");
    }

    String program(Rule rule) {
        return (rule.family() == IpFamily.IPV4 ? "iptables" : "ip6tables") + suffix + " -t " + rule.table();
    }

    @Test
    void iptablesFindsEachRuleAndDeletesIt() {
        ledger.put(ONE, SampleRules.all());
        for (Rule rule : SampleRules.all()) {
            host.sh(program(rule) + rule.line().replaceFirst("-A", " -C"));
            host.sh(program(rule) + rule.line().replaceFirst("-A", " -D"));
        }
        assertThat(saved()).doesNotContain("-A ");
    }

    @Test
    void saveAndRestoreKeepTheRulesNetds() {
        ledger.put(ONE, SampleRules.all());
        String before = saved();
        host.sh("iptables" + suffix + "-save >s; iptables" + suffix + "-restore <s; rm s");
        host.sh("ip6tables" + suffix + "-save >s; ip6tables" + suffix + "-restore <s; rm s");
        assertThat(saved()).isEqualTo(before);
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(ONE);
        assertThat(saved()).isEmpty();
    }

    @Test
    void theLastRemovalLeavesTheHostAsItWas() {
        String before = snapshot();
        ledger.put(ONE, SampleRules.all());
        ledger.put(TWO, NetworkRules.protect(NETWORK));
        ledger.remove(ONE);
        ledger.remove(TWO);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void otherPeoplesRulesStay() {
        host.sh("iptables" + suffix + " -A FORWARD -i eth7 -j ACCEPT; iptables" + suffix + " -N MINE;"
                + " iptables" + suffix + " -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE;"
                + " iptables" + suffix + " -P FORWARD DROP");
        String before = snapshot();
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        assertThat(host.sh("iptables" + suffix + " -S FORWARD"))
                .isEqualTo("-P FORWARD DROP\n-A FORWARD -j NETD-USER\n-A FORWARD -j NETD-FORWARD\n"
                        + "-A FORWARD -i eth7 -j ACCEPT\n");
        ledger.remove(ONE);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void ranksOrderTheRulesOfAChain() {
        ledger.put(ONE, List.of(numbered(5), numbered(1), numbered(9)));
        ledger.put(TWO, List.of(numbered(7), numbered(2), numbered(0)));
        assertThat(order(Chains.NETD)).containsExactly(0, 1, 2, 5, 7, 9);
        ledger.remove(ONE);
        assertThat(order(Chains.NETD)).containsExactly(0, 2, 7);
    }

    @Test
    void ranksBelowZeroComeBeforeOtherPeoplesRules() {
        host.sh("iptables" + suffix + " -A FORWARD -m mark --mark 0x50");
        ledger.put(ONE, List.of(forward(-3), forward(4), forward(-9), forward(1)));
        ledger.put(TWO, List.of(forward(-5), forward(-1), forward(2), forward(-12)));
        assertThat(order("FORWARD")).containsExactly(-12, -9, -5, -3, -1, 80, 1, 2, 4);
    }

    @Test
    void equalRulesOfTwoOwnersStayUntilBothHaveGone() {
        ledger.put(ONE, List.of(numbered(1), numbered(2)));
        ledger.put(TWO, List.of(numbered(2)));
        ledger.remove(ONE);
        assertThat(order(Chains.NETD)).containsExactly(2);
        ledger.remove(TWO);
        assertThat(saved()).isEmpty();
    }

    @Test
    void putReplacesWhatTheOwnerHad() {
        ledger.put(ONE, List.of(numbered(1), numbered(2)));
        ledger.put(ONE, List.of(numbered(2), numbered(3)));
        assertThat(order(Chains.NETD)).containsExactly(2, 3);
    }

    @Test
    void changesOfOthersInBetweenDoNoHarm() {
        ledger.put(ONE, List.of(numbered(1), numbered(2)));
        host.sh("iptables" + suffix + " -I NETD -m mark --mark 0x50");
        ledger.put(TWO, List.of(numbered(3)));
        ledger.remove(ONE);
        assertThat(order(Chains.NETD)).containsExactly(80, 3);
    }

    @Test
    void aNewLedgerFindsTheRulesOfItsPredecessor() {
        String before = snapshot();
        Map<Owner, List<Rule>> all = Map.of(ONE, SampleRules.all(), TWO, NetworkRules.protect(NETWORK));
        all.forEach(ledger::put);
        String with = saved();
        ledger.close();
        ledger = open();
        assertThat(ledger.restore(all)).isEmpty();
        assertThat(saved()).isEqualTo(with);
        ledger.close();
        ledger = open();
        ledger.adopt(all);
        all.keySet().forEach(ledger::remove);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void repairPutsBackWhatOthersTookAway() {
        ledger.put(ONE, List.of(numbered(1), numbered(2), numbered(3)));
        host.sh("iptables" + suffix + " -D NETD 2");
        assertThat(ledger.repair()).containsExactly(numbered(2));
        assertThat(order(Chains.NETD)).containsExactly(1, 2, 3);
        host.sh("iptables" + suffix + " -F; iptables" + suffix + " -X");
        assertThat(ledger.repair()).hasSize(3);
        assertThat(order(Chains.NETD)).containsExactly(1, 2, 3);
    }

    @Test
    void missingTellsWhatOthersTookAwayAndChangesNothing() {
        ledger.put(ONE, List.of(numbered(1), numbered(2), forward(3)));
        ledger.put(TWO, List.of(numbered(2), numbered(4)));
        assertThat(ledger.missing(ledger.rules(ONE))).isEmpty();
        host.sh("iptables" + suffix + " -D NETD 2; iptables" + suffix + " -F FORWARD");
        String before = snapshot();
        assertThat(ledger.missing(ledger.rules(ONE))).containsExactlyInAnyOrder(numbered(2), forward(3));
        assertThat(ledger.missing(ledger.rules(TWO))).containsExactly(numbered(2));
        assertThat(ledger.missing(List.of(numbered(9)))).containsExactly(numbered(9));
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void missingOverlooksAJumpToAChainThatDockerDoesNotHave() {
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        assertThat(ledger.missing(ledger.rules(ONE))).isEmpty();
        host.sh("iptables" + suffix + " -F; iptables" + suffix + " -X; iptables" + suffix + " -t raw -F");
        assertThat(ledger.missing(ledger.rules(ONE)))
                .extracting(Rule::table)
                .contains(Table.FILTER, Table.RAW)
                .doesNotContain(Table.NAT);
    }

    @Test
    void theUsersChainIsNeverFlushed() {
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        host.sh("iptables" + suffix + " -A NETD-USER -s 10.0.0.1/32 -j DROP");
        ledger.remove(ONE);
        assertThat(saved()).isEqualTo("-A NETD-USER -s 10.0.0.1/32 -j DROP\n:NETD-USER -\n");
    }

    @Test
    void dockersUserChainIsHonouredWherePresent() {
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        assertThat(saved()).doesNotContain("DOCKER-USER");
        host.sh("iptables" + suffix + " -N DOCKER-USER");
        assertThat(ledger.repair()).hasSize(1);
        assertThat(saved()).contains("-A NETD-FORWARD -j DOCKER-USER");
        ledger.remove(ONE);
        host.sh("iptables" + suffix + " -X DOCKER-USER");
    }

    @Test
    void aRefusedChangeLeavesNothingBehind() {
        ledger.put(ONE, List.of(numbered(1)));
        String before = snapshot();
        Rule impossible =
                Rule.in(IpFamily.IPV4, Table.NAT, Chains.PREROUTING, Ranks.ANY).then(new Target.Masquerade());
        List<Rule> rules = new ArrayList<>(NetworkRules.protect(NETWORK));
        rules.add(impossible);
        assertThatThrownBy(() -> ledger.put(TWO, rules)).isInstanceOf(FirewallException.class);
        assertThat(snapshot()).isEqualTo(before);
        assertThat(ledger.rules(TWO)).isEmpty();
        ledger.put(ONE, List.of(numbered(2)));
        assertThat(order(Chains.NETD)).containsExactly(2);
    }

    @Test
    void aCommonChainComesAndGoesWithTheRulesInIt() {
        String before = snapshot();
        ledger.put(ONE, container(1));
        ledger.put(TWO, container(2));
        assertThat(saved()).isEqualTo("""
                        -A CNI-FORWARD -j OPERATOR
                        -A CNI-FORWARD -m mark --mark 0x1 -j ACCEPT
                        -A CNI-FORWARD -m mark --mark 0x2 -j ACCEPT
                        -A FORWARD -m comment --comment "the way in" -j CNI-FORWARD
                        :CNI-FORWARD -
                        """);
        ledger.remove(ONE);
        assertThat(saved()).contains("-A CNI-FORWARD -j OPERATOR", "the way in").doesNotContain("0x1 ");
        ledger.remove(TWO);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void aCommonChainIsSharedWithWhoMadeIt() {
        String way = "iptables" + suffix + " -I FORWARD -m comment --comment \"the way in\" -j CNI-FORWARD;";
        host.sh("for chain in CNI-FORWARD OPERATOR; do iptables" + suffix + " -N $chain; done; " + way + " iptables"
                + suffix + " -A CNI-FORWARD -j OPERATOR; iptables" + suffix + " -I FORWARD -i eth7 -j ACCEPT; iptables"
                + suffix + " -A CNI-FORWARD -m mark --mark 0x50 -j ACCEPT");
        String before = saved();
        ledger.put(ONE, container(1));
        assertThat(saved())
                .isEqualTo(before.replace(
                        "-A CNI-FORWARD -m mark --mark 0x50",
                        "-A CNI-FORWARD -m mark --mark 0x1 -j ACCEPT\n-A CNI-FORWARD -m mark --mark 0x50"));
        ledger.remove(ONE);
        assertThat(saved()).isEqualTo(before);
        ledger.put(ONE, container(1));
        host.sh("iptables" + suffix + " -D CNI-FORWARD -m mark --mark 0x50 -j ACCEPT");
        ledger.remove(ONE);
        assertThat(saved()).isEqualTo("-A FORWARD -i eth7 -j ACCEPT\n");
    }

    @Test
    void rulesThatAnotherProgramPutInACommonChainAreFoundOnceTheyAreAdopted() {
        ledger.put(ONE, container(1));
        host.sh("iptables" + suffix + " -A CNI-FORWARD -m mark --mark 0x2 -j ACCEPT");
        ledger.put(ONE, container(1));
        assertThat(ledger.missing(container(2))).isEmpty();
        assertThat(ledger.foreign(container(2))).hasSize(1).containsAnyElementsOf(container(2));
        ledger.adopt(Map.of(TWO, container(2)));
        ledger.remove(TWO);
        assertThat(saved()).contains("0x1 -j", "the way in").doesNotContain("0x2 -j");
        assertThat(ledger.missing(container(2))).containsExactly(container(2).get(2));
    }

    @Test
    void whatStandsInACommonChainAlreadyIsNotWrittenAgain() {
        ledger.put(ONE, container(1));
        host.sh("iptables" + suffix + " -A CNI-FORWARD -m mark --mark 0x2 -j ACCEPT");
        ledger.remove(new Owner("nobody"));
        ledger.put(ONE, container(3));
        ledger.put(TWO, container(2));
        assertThat(saved().lines().filter(line -> line.contains("0x2 "))).hasSize(1);
        ledger.remove(ONE);
        ledger.remove(TWO);
        assertThat(saved()).isEmpty();
    }

    @Test
    void theAdministratorsOwnRulesStay() {
        ledger.put(ONE, container(1));
        host.sh("iptables" + suffix + " -A OPERATOR -j RETURN");
        ledger.remove(ONE);
        assertThat(saved()).isEqualTo("-A OPERATOR -j RETURN\n");
    }

    /** The way in, the administrator's chain first, an accept. */
    private static List<Rule> container(int mark) {
        return List.of(
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.FORWARD, -5)
                        .comment("the way in")
                        .then(new Target.Jump(Chains.CNI_FORWARD)),
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.CNI_FORWARD, -5).then(new Target.Jump("OPERATOR")),
                Rule.in(IpFamily.IPV4, Table.FILTER, Chains.CNI_FORWARD, Ranks.ANY)
                        .when(new Match.Mark(mark))
                        .then(new Target.Accept()));
    }

    /** What must be as before once the last rule has gone. */
    abstract String snapshot();

    private static Rule numbered(int rank) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, rank)
                .when(new Match.Mark(rank + 0x100))
                .then(new Target.Accept());
    }

    private static Rule forward(int rank) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.FORWARD, rank)
                .when(new Match.Mark(rank + 0x100))
                .then(new Target.Accept());
    }

    /** The ranks of the rules made by {@link #numbered} and {@link #forward}, in the chain's order. */
    private List<Integer> order(String chain) {
        return host.sh("iptables" + suffix + " -S " + chain)
                .lines()
                .filter(line -> line.contains("--mark 0x"))
                .map(line -> line.replaceAll(".*--mark 0x([0-9a-f]+).*", "$1"))
                .map(mark -> Integer.parseInt(mark, 16))
                .map(mark -> mark == 0x50 ? 80 : mark - 0x100)
                .toList();
    }
}
