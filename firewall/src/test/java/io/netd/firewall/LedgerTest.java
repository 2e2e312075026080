package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpFamily;
import io.netd.firewall.FakeBackend.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
    private static final Owner ONE = new Owner("one");
    private static final Owner TWO = new Owner("two");

    private final FakeBackend backend = new FakeBackend();
    private final Ledger ledger = Ledger.of(backend);

    @Test
    void onlyDifferencesReachTheKernel() {
        ledger.put(ONE, List.of(rule(1), rule(2)));
        ledger.put(ONE, List.of(rule(2), rule(1)));
        ledger.put(TWO, List.of(rule(2), rule(3), rule(3)));
        ledger.remove(ONE);
        ledger.remove(ONE);
        assertThat(backend.changes).containsExactly("+1 +2", "+3", "-1");
    }

    @Test
    void aRefusalChangesNothing() {
        ledger.put(ONE, List.of(rule(1)));
        backend.refused = 5;
        assertThatThrownBy(() -> ledger.put(ONE, List.of(rule(4), rule(5)))).isInstanceOf(FirewallException.class);
        assertThat(ledger.rules(ONE)).containsExactly(rule(1));
        backend.refused = 0;
        ledger.put(ONE, List.of(rule(4)));
        assertThat(backend.changes).containsExactly("+1", "-1 +4");
    }

    @Test
    void whatWasDoneUnheardIsTakenBack() {
        backend.ending = Ending.DONE_UNHEARD;
        assertThatThrownBy(() -> ledger.put(ONE, List.of(rule(1)))).hasMessage("no answer");
        backend.ending = Ending.ANSWERED;
        ledger.remove(ONE);
        assertThat(backend.present).isEmpty();
        assertThat(ledger.owners()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_UNHEARD", "LOST_UNDONE"})
    void afterAChangeWithoutAnswerTheKernelIsLookedAt(Ending ending) {
        ledger.put(ONE, List.of(rule(1), rule(2)));
        backend.ending = ending;
        assertThatThrownBy(() -> ledger.put(ONE, List.of(rule(2), rule(3)))).hasMessage("no answer");
        backend.ending = Ending.ANSWERED;
        ledger.put(TWO, List.of(rule(1), rule(3)));
        assertThat(backend.present).contains(1, 2, 3);
        ledger.put(ONE, List.of(rule(2), rule(3)));
        ledger.remove(TWO);
        assertThat(backend.present).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void adoptedRulesAreNotPutAgain() {
        ledger.adopt(Map.of(ONE, List.of(rule(1))));
        ledger.put(TWO, List.of(rule(1)));
        ledger.remove(ONE);
        ledger.remove(TWO);
        assertThat(backend.changes).containsExactly("-1");
        assertThat(ledger.owners()).isEmpty();
    }

    @Test
    @Timeout(20)
    void changesThatWaitBecomeOneTransactionAndEachGetsItsAnswer() throws InterruptedException {
        backend.gate = new CountDownLatch(1);
        backend.refused = 7;
        List<String> refused = new ArrayList<>();
        List<Thread> threads = IntStream.rangeClosed(1, 9)
                .mapToObj(number -> new Thread(() -> put(number, refused)))
                .toList();
        for (Thread thread : threads) {
            thread.start();
            awaitWaiting(thread);
        }
        backend.gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused).containsExactly("owner 7");
        assertThat(backend.changes.get(0)).isEqualTo("+1");
        assertThat(backend.present).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 8, 9);
        assertThat(ledger.owners()).hasSize(8);
    }

    @Test
    void aRuleStandsInTheFrameworkItNames() {
        FakeBackend nftables = new FakeBackend();
        Ledger both = both(Framework.IPTABLES, nftables);
        both.put(ONE, List.of(rule(1), rule(2).in(Optional.of(Framework.NFTABLES))));
        both.put(TWO, List.of(rule(1).in(Optional.of(Framework.IPTABLES)), rule(2)));
        assertThat(backend.changes).containsExactly("+1", "+2");
        assertThat(nftables.changes).containsExactly("+2");
        assertThat(both.missing(both.rules(ONE))).isEmpty();
        nftables.present.clear();
        assertThat(both.missing(both.rules(ONE)))
                .containsExactly(both.rules(ONE).get(1));
        both.remove(ONE);
        assertThat(backend.changes).containsExactly("+1", "+2");
        assertThat(nftables.changes).containsExactly("+2", "-2");
    }

    @Test
    void whatOneFrameworkRefusesTheOtherTakesBack() {
        FakeBackend nftables = new FakeBackend();
        Ledger both = both(Framework.IPTABLES, nftables);
        nftables.refused = 2;
        assertThatThrownBy(() -> both.put(ONE, List.of(rule(1), rule(2).in(Optional.of(Framework.NFTABLES)))))
                .isInstanceOf(FirewallException.class);
        assertThat(backend.changes).containsExactly("+1", "-1");
        assertThat(both.owners()).isEmpty();
    }

    @Test
    void rulesThatMoveComeBeforeTheyGo() {
        FakeBackend nftables = new FakeBackend();
        nftables.changes = backend.changes;
        Ledger both = both(Framework.NFTABLES, nftables);
        both.adopt(Map.of(ONE, List.of(rule(1).in(Optional.of(Framework.IPTABLES)))));
        both.put(ONE, List.of(rule(1)));
        assertThat(backend.changes).containsExactly("+1", "-1");
        assertThat(nftables.present).containsExactly(1);
    }

    private Ledger both(Framework usual, Backend nftables) {
        return Ledger.of(usual, Map.of(Framework.IPTABLES, backend, Framework.NFTABLES, nftables));
    }

    private void put(int number, List<String> refused) {
        try {
            ledger.put(new Owner("owner " + number), List.of(rule(number)));
        } catch (FirewallException e) {
            synchronized (refused) {
                refused.add("owner " + number);
            }
        }
    }

    /** The first thread waits in the backend, the others for the ledger. */
    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Rule rule(int mark) {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.ANY)
                .when(new Match.Mark(mark))
                .then(new Target.Accept());
    }
}
