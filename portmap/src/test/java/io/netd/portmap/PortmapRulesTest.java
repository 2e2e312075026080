package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpPrefix;
import io.netd.firewall.Framework;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortmapRulesTest {
    private static List<String> rules(String container, String flag, Publishing how) {
        Publication publication = new Publication("docker0", IpPrefix.parse(container), Mappings.of(flag));
        return PortmapRules.of(publication, how).stream().map(Rule::toString).toList();
    }

    @Test
    void aProtectedPortIsTranslatedMasqueradedGuardedAndAccepted() {
        assertThat(rules("172.17.0.2/16", "8080:80", Publishing.PROTECTED))
                .containsExactly(
                        "-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j NETD",
                        "-t nat -A OUTPUT -m addrtype --dst-type LOCAL -j NETD",
                        "-t raw -A PREROUTING -d 127.0.0.0/8 -i docker0 -j DROP",
                        "-t nat -A POSTROUTING -s 172.17.0.0/16 -o docker0 -m conntrack --ctstate DNAT -j MASQUERADE",
                        "-t nat -A POSTROUTING -s 127.0.0.0/8 -o docker0 -j MASQUERADE",
                        "-t nat -A NETD -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
                        "-t filter -A NETD -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT");
    }

    @Test
    void whereTheNetworkHasWhatPortsShareAPortIsTwoRules() {
        List<Rule> shared =
                PortmapRules.shared("docker0", IpPrefix.parse("172.17.0.1/16").network(), Publishing.PROTECTED);
        assertThat(rules("172.17.0.2/16", "8080:80", Publishing.PROTECTED))
                .containsAll(shared.stream().map(Rule::toString).toList())
                .hasSize(shared.size() + 2);
        Publication publication = new Publication("docker0", IpPrefix.parse("172.17.0.2/16"), Mappings.of("8080:80"));
        assertThat(PortmapRules.own(publication, Publishing.PROTECTED))
                .hasSize(2)
                .doesNotContainAnyElementsOf(shared);
    }

    @Test
    void aLoopbackPortIsClosedToNeighbours() {
        assertThat(rules("172.17.0.2/16", "127.0.0.1:53:5353/udp", Publishing.PROTECTED))
                .contains(
                        "-t nat -A NETD -d 127.0.0.1/32 -p udp -m udp --dport 53 -j DNAT --to-destination 172.17.0.2:5353",
                        "-t raw -A PREROUTING -d 127.0.0.1/32 ! -i lo -p udp -m udp --dport 53 -j DROP");
    }

    @Test
    void withoutSnatTheLoopbackIsLeftAlone() {
        assertThat(rules("172.17.0.2/16", "8080:80", new Publishing(false, false, false, Map.of(), Optional.empty())))
                .containsExactly(
                        "-t nat -A PREROUTING -m addrtype --dst-type LOCAL -j NETD",
                        "-t nat -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j NETD",
                        "-t nat -A NETD -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80");
    }

    @Test
    void masqAllHidesEverySource() {
        assertThat(rules("172.17.0.2/16", "8080:80", new Publishing(false, true, true, Map.of(), Optional.empty())))
                .contains(
                        "-t nat -A POSTROUTING -d 172.17.0.2/32 -o docker0 -m conntrack --ctstate DNAT -j MASQUERADE");
    }

    @Test
    void ipv6HasNoLocalhostBecauseTheKernelKnowsNoRouteLocalnetForIt() {
        assertThat(rules("fd00::2/64", "8080:80", Publishing.PROTECTED))
                .contains("-t nat -A OUTPUT ! -d ::1/128 -m addrtype --dst-type LOCAL -j NETD")
                .noneMatch(rule -> rule.contains("127.0.0"));
    }

    @Test
    void theFrameworkIsWhereAddressesAreTranslated() {
        Publishing how = new Publishing(true, true, false, Map.of(), Optional.of(Framework.NFTABLES));
        Publication publication = new Publication("docker0", IpPrefix.parse("172.17.0.2/16"), Mappings.of("8080:80"));
        assertThat(PortmapRules.of(publication, how))
                .allMatch(rule -> rule.framework().isPresent() != (rule.table() == Table.FILTER));
    }

    @Test
    void aMappingOfTheOtherFamilyIsPassedOver() {
        assertThat(rules("fd00::2/64", "127.0.0.1:8080:80", Publishing.PROTECTED))
                .isEmpty();
    }

    @Test
    void aRangeThatKeepsItsPortsIsOneRuleOfEachKind() {
        assertThat(rules("172.17.0.2/16", "20000-20999:20000-20999", Publishing.PROTECTED))
                .hasSize(7)
                .endsWith(
                        "-t nat -A NETD -p tcp -m tcp --dport 20000:20999 -j DNAT --to-destination 172.17.0.2",
                        "-t filter -A NETD -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 20000:20999"
                                + " -j ACCEPT");
    }

    @Test
    void portsThatAreBesideOneAnotherAreARangeHoweverTheyWereGiven() {
        List<PortMapping> mappings = Stream.of("20:20", "20:20/udp", "21:21", "21:21/udp", "23:23", "24:25", "25:26")
                .flatMap(flag -> Mappings.of(flag).stream())
                .toList();
        Publication publication = new Publication("docker0", IpPrefix.parse("172.17.0.2/16"), mappings);
        assertThat(PortmapRules.of(publication, Publishing.PROTECTED).stream().map(Rule::toString))
                .filteredOn(rule -> rule.contains("DNAT --to") || rule.contains("ACCEPT"))
                .extracting(rule -> rule.replaceAll(".*-A NETD (.*docker0 )?| -m tcp| -m udp|--to-destination ", ""))
                .containsExactly(
                        "-p tcp --dport 20:21 -j DNAT 172.17.0.2",
                        "-p tcp --dport 20:21 -j ACCEPT",
                        "-p udp --dport 20:21 -j DNAT 172.17.0.2",
                        "-p udp --dport 20:21 -j ACCEPT",
                        "-p tcp --dport 23 -j DNAT 172.17.0.2:23",
                        "-p tcp --dport 23 -j ACCEPT",
                        "-p tcp --dport 24 -j DNAT 172.17.0.2:25",
                        "-p tcp --dport 25 -j DNAT 172.17.0.2:26",
                        "-p tcp --dport 25:26 -j ACCEPT");
    }

    @Test
    void aPortAtTheContainersOwnAddressIsOnlyLetIn() {
        assertThat(rules("172.18.0.2/16", "172.18.0.2:80:80", Publishing.PROTECTED))
                .containsExactly(
                        "-t filter -A NETD -d 172.18.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT");
    }
}
