package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.firewall.Chains;
import io.netd.firewall.Flavour;
import io.netd.firewall.LedgerContract;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a ledger promises of rules that iptables knows, too. */
abstract class IptablesLedgerContract extends LedgerContract {
    private final String suffix;

    IptablesLedgerContract(Flavour flavour, String suffix) {
        super(new IptablesEyes(flavour, suffix));
        this.suffix = suffix;
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
    void ranksBelowZeroComeBeforeOtherPeoplesRules() {
        host.sh("iptables" + suffix + " -A FORWARD -m mark --mark 0x50");
        ledger.put(ONE, List.of(forward(-3), forward(4), forward(-9), forward(1)));
        ledger.put(TWO, List.of(forward(-5), forward(-1), forward(2), forward(-12)));
        assertThat(order("FORWARD")).containsExactly(-12, -9, -5, -3, -1, 80, 1, 2, 4);
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

    /** The ranks of the rules made by {@link #numbered} and {@link #forward}, in the chain's order. */
}
