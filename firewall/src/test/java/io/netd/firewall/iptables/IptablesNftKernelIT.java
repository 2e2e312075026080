package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.firewall.Flavour;
import io.netd.firewall.Rule;
import io.netd.firewall.SampleRules;
import io.netd.netlink.nft.NftSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules written over nfnetlink, seen by iptables-nft and nft. */
class IptablesNftKernelIT extends IptablesLedgerContract {
    IptablesNftKernelIT() {
        super(Flavour.IPTABLES_NFT, "-nft");
    }

    @Override
    protected String snapshot() {
        return host.sh("nft list ruleset 2>/dev/null");
    }

    @Test
    void aFlushedRulesetIsNoObstacle() {
        ledger.put(ONE, SampleRules.all());
        host.sh("nft flush ruleset");
        ledger.put(TWO, SampleRules.all().subList(0, 3));
        assertThat(snapshot()).isEmpty();
        assertThat(ledger.repair()).hasSameSizeAs(SampleRules.all());
        ledger.remove(ONE);
        assertThat(saved()).hasLineCount(4);
        ledger.remove(TWO);
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void aHandleThatNowIsSomebodyElsesIsNotDeleted() {
        ledger.put(ONE, SampleRules.all().subList(9, 11));
        host.sh("nft flush ruleset; for i in 1 2 3 4 5 6; do iptables-nft -A FORWARD -m mark --mark $i; done");
        ledger.remove(ONE);
        assertThat(saved()).hasLineCount(6);
    }

    /** Ten thousand published ports, put back after a flush: the kernel has one generation more. */
    @Test
    void tensOfThousandsOfRulesAreOneTransaction() {
        List<Rule> rules =
                IntStream.range(0, 30_000).mapToObj(mark -> numbered(mark)).toList();
        try (NftSocket socket = host.call(NftSocket::open)) {
            int before = socket.generation();
            ledger.put(ONE, rules);
            assertThat(socket.generation()).isEqualTo(before + 1);
        }
        assertThat(ledger.repair()).isEmpty();
        ledger.remove(ONE);
        assertThat(saved()).isEmpty();
    }
}
