package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Match TCP = new Match.Proto(Protocol.TCP);
    private static final Match PORT = new Match.DestinationPort(PortRange.of(80));
    private static final Match FROM = new Match.Source(IpPrefix.parse("10.1.2.3/8"));

    @Test
    void conditionsAreSortedSoThatTheSameRuleIsEqual() {
        Rule one = filter().when(PORT, TCP, FROM).then(new Target.Drop());
        Rule other = filter().when(TCP, FROM).when(PORT, TCP).then(new Target.Drop());
        assertThat(one)
                .isEqualTo(other)
                .hasToString("-t filter -A NETD -s 10.0.0.0/8 -p tcp -m tcp --dport 80 -j DROP");
    }

    @Test
    void aConditionThatIsAlwaysMetIsLeftOut() {
        Rule rule = filter().when(new Match.Source(IpPrefix.parse("0.0.0.0/0"))).then(new Target.Return());
        assertThat(rule.line()).isEqualTo("-A NETD -j RETURN");
    }

    @Test
    void commentsWithBlanksAreQuoted() {
        Rule rule = filter().comment("port of c1").then(new Target.Accept());
        assertThat(rule.line()).isEqualTo("-A NETD -m comment --comment \"port of c1\" -j ACCEPT");
        assertThat(rule.words()).contains("port of c1");
    }

    @Test
    void rulesThatNoKernelTakesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().when(PORT).then(new Target.Drop()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().when(TCP, new Match.Icmp()).then(new Target.Drop()));
        assertThatIllegalArgumentException().isThrownBy(() -> filter().then(new Target.Masquerade()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().then(new Target.Dnat(IpAddress.parse("10.0.0.1"), 80)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().when(new Match.Source(IpPrefix.parse("fd00::/8")))
                        .then(new Target.Drop()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().when(FROM, new Match.Source(IpPrefix.parse("11.0.0.0/8"), true))
                        .then(new Target.Drop()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Rule.in(IpFamily.IPV4, Table.FILTER, "DOCKER", 0).then(new Target.Drop()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter().comment("a\"b").then(new Target.Drop()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Match.InInterface("eth+"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Target.Jump("A B"));
    }

    @Test
    void translatedIsAStateOfItsOwn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Match.CtStates(CtState.DNAT, CtState.NEW));
    }

    @Test
    void marksAreReadAsDockerReadsThem() {
        assertThat(Match.Mark.parse("1")).isEqualTo(new Match.Mark(1, -1));
        assertThat(Match.Mark.parse("0x10/0xFF")).isEqualTo(new Match.Mark(16, 255));
        assertThat(Match.Mark.parse("010/0b11")).isEqualTo(new Match.Mark(8, 3));
        assertThat(Match.Mark.parse("0/0o17")).isEqualTo(new Match.Mark(0, 15));
        assertThat(Match.Mark.parse("4294967295")).isEqualTo(new Match.Mark(-1));
        for (String text : List.of("", "hello/0x2", "1+hello", "-1", "+1", "0x", "08", "4294967296", "/1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Match.Mark.parse(text))
                    .withMessageStartingWith("invalid firewall mark \"" + text + "\"");
        }
        for (String text : List.of("1/hello", "1/", "1/2/3")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Match.Mark.parse(text))
                    .withMessageStartingWith("invalid firewall mask \"" + text + "\"");
        }
    }

    private static Rule.Draft filter() {
        return Rule.in(IpFamily.IPV4, Table.FILTER, Chains.NETD, Ranks.ANY);
    }
}
