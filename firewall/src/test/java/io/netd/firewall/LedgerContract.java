package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger promises, whichever the backend, seen through the tools that show its rules. */
public abstract class LedgerContract {
    protected static final Owner ONE = new Owner("attachment/1");
    protected static final Owner TWO = new Owner("attachment/2");
    protected static final BridgeNetwork NETWORK =
            new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.0/16")), true);

    protected final Eyes eyes;
    protected ThrowawayNamespace host;
    protected Ledger ledger;

    protected LedgerContract(Eyes eyes) {
        this.eyes = eyes;
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

    protected Ledger open() {
        return Ledger.of(eyes.open(host.namespace()));
    }

    /** All rules, one a line, without counters. */
    protected String saved() {
        return eyes.saved(host);
    }

    /** What must be as before once the last rule has gone. */
    protected abstract String snapshot();

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
    void ranksOrderTheRulesOfAChain() {
        ledger.put(ONE, List.of(numbered(5), numbered(1), numbered(9)));
        ledger.put(TWO, List.of(numbered(7), numbered(2), numbered(0)));
        assertThat(order(Chains.NETD)).containsExactly(0, 1, 2, 5, 7, 9);
        ledger.remove(ONE);
        assertThat(order(Chains.NETD)).containsExactly(0, 2, 7);
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
        eyes.insertMark(host, Chains.NETD);
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
        eyes.deleteSecond(host, Chains.NETD);
        assertThat(ledger.repair()).containsExactly(numbered(2));
        assertThat(order(Chains.NETD)).containsExactly(1, 2, 3);
        eyes.flushFilter(host);
        assertThat(ledger.repair()).hasSize(3);
        assertThat(order(Chains.NETD)).containsExactly(1, 2, 3);
    }

    @Test
    void missingTellsWhatOthersTookAwayAndChangesNothing() {
        ledger.put(ONE, List.of(numbered(1), numbered(2), forward(3)));
        ledger.put(TWO, List.of(numbered(2), numbered(4)));
        assertThat(ledger.missing(ledger.rules(ONE))).isEmpty();
        eyes.deleteSecond(host, Chains.NETD);
        eyes.flush(host, Chains.FORWARD);
        String before = snapshot();
        assertThat(ledger.missing(ledger.rules(ONE))).containsExactlyInAnyOrder(numbered(2), forward(3));
        assertThat(ledger.missing(ledger.rules(TWO))).containsExactly(numbered(2));
        assertThat(ledger.missing(List.of(numbered(9)))).containsExactly(numbered(9));
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void theUsersChainIsNeverFlushed() {
        ledger.put(ONE, NetworkRules.protect(NETWORK));
        eyes.appendDrop(host, Chains.NETD_USER, "10.0.0.1");
        ledger.remove(ONE);
        assertThat(saved().lines().filter(line -> line.contains("10.0.0.1")).toList())
                .hasSize(1);
        assertThat(saved()).doesNotContain("docker0");
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

    protected static Rule numbered(int rank) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, rank)
                .when(new Match.Mark(rank + 0x100))
                .then(new Target.Accept());
    }

    protected static Rule forward(int rank) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.FORWARD, rank)
                .when(new Match.Mark(rank + 0x100))
                .then(new Target.Accept());
    }

    /** The ranks of the rules made by {@link #numbered} and {@link #forward}, in the chain's order; 80 is a stranger. */
    protected List<Integer> order(String chain) {
        return eyes.marks(host, chain).stream()
                .map(mark -> mark == Eyes.STRANGER ? 80 : mark - 0x100)
                .toList();
    }
}
