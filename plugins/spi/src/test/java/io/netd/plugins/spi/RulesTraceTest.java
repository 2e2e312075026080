package io.netd.plugins.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.firewall.Chains;
import io.netd.firewall.Framework;
import io.netd.firewall.Owner;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTraceTest {
    private static final Rule RULE =
            Rule.in(IpFamily.IPV4, Table.NAT, Chains.POSTROUTING, Ranks.ANY).then(new Target.Masquerade());
    private static final Rule ELSEWHERE = RULE.in(Optional.of(Framework.IPTABLES));

    @Test
    void rulesStandWhereWasUsualThen() {
        RulesTrace trace = new RulesTrace(new Owner("one"), List.of(RULE, ELSEWHERE)).on(Framework.NFTABLES);

        assertThat(trace.standing(Framework.NFTABLES)).containsExactly(RULE, ELSEWHERE);
        assertThat(trace.standing(Framework.IPTABLES))
                .containsExactly(RULE.in(Optional.of(Framework.NFTABLES)), ELSEWHERE);
        assertThat(trace.isWhereItBelongs(Framework.NFTABLES)).isTrue();
        assertThat(trace.isWhereItBelongs(Framework.IPTABLES)).isFalse();
        assertThat(trace.on(Framework.IPTABLES).isWhereItBelongs(Framework.IPTABLES))
                .isTrue();
    }

    /** Journals of an earlier netd say nothing: it knew iptables only. */
    @Test
    void withoutAWordRulesStandInIptables() {
        RulesTrace trace = new RulesTrace(new Owner("one"), List.of(RULE));

        assertThat(trace.standing(Framework.NFTABLES)).containsExactly(ELSEWHERE);
        assertThat(trace.standing(Framework.IPTABLES)).containsExactly(RULE);
    }

    @Test
    void rulesThatNameTheirFrameworkNeverMove() {
        assertThat(new RulesTrace(new Owner("one"), List.of(ELSEWHERE)).isWhereItBelongs(Framework.NFTABLES))
                .isTrue();
    }
}
