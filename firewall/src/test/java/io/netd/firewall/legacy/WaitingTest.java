package io.netd.firewall.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.Chains;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final List<String> saved = new ArrayList<>();
    private final Waiting waiting = new Waiting(this::save);

    @Test
    void eachTableIsReadOnce() {
        Rule four = forward(IpFamily.IPV4).then(new Target.Jump(Chains.DOCKER_USER));
        Rule more = forward(IpFamily.IPV4)
                .when(new Match.Source(IpPrefix.parse("10.0.0.0/8")))
                .then(new Target.Jump(Chains.DOCKER_USER));
        Rule six = forward(IpFamily.IPV6).then(new Target.Jump(Chains.DOCKER_USER));

        assertThat(waiting.among(List.of(four, six, more))).containsExactly(six);
        assertThat(saved).containsExactly("IPV4 filter", "IPV6 filter");
    }

    @Test
    void whereNoRuleLeadsToOthersNoTableIsRead() {
        Rule own = forward(IpFamily.IPV4).then(new Target.Jump(Chains.NETD_USER));
        Rule hook = Rule.in(IpFamily.IPV4, Table.FILTER, Chains.DOCKER_USER, 0)
                .when(new Match.InInterface("docker0"))
                .comment("netd")
                .then(new Target.Accept());

        assertThat(waiting.among(List.of(own, hook))).containsExactly(hook);
        assertThat(saved).isEmpty();
    }

    private static Rule.Draft forward(IpFamily family) {
        return Rule.in(family, Table.FILTER, Chains.FORWARD, 0);
    }

    /** Docker is there for IPv4 only. */
    private String save(IpFamily family, Table table) {
        saved.add(family.name() + " " + table);
        return family == IpFamily.IPV4 ? "*filter\n:DOCKER-USER - [0:0]\nCOMMIT\n" : "*filter\nCOMMIT\n";
    }
}
