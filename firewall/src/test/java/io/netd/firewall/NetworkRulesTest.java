package io.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkRulesTest {
    @Test
    void aNetworksRulesAreTheseLines() {
        List<Rule> rules =
                NetworkRules.protect(new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.1/16")), true));
        assertThat(rules)
                .extracting(Rule::toString)
                .containsExactly(
                        "-t filter -A FORWARD -j NETD-USER",
                        "-t filter -A FORWARD -j NETD-FORWARD",
                        "-t filter -A NETD-FORWARD -j DOCKER-USER",
                        "-t filter -A NETD-FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
                        "-t filter -A NETD-FORWARD -o docker0 -j NETD",
                        "-t filter -A NETD-FORWARD -i docker0 -j ACCEPT",
                        "-t filter -A NETD ! -i docker0 -o docker0 -j DROP",
                        "-t filter -A DOCKER-USER -i docker0 -m comment --comment netd -j ACCEPT",
                        "-t filter -A DOCKER-USER -o docker0 -m comment --comment netd -j ACCEPT",
                        "-t filter -A ufw-user-forward -i docker0 -m comment --comment netd -j ACCEPT",
                        "-t filter -A ufw-user-forward -o docker0 -m comment --comment netd -j ACCEPT",
                        "-t raw -A PREROUTING -d 127.0.0.0/8 -i docker0 -j DROP",
                        "-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
    }

    @Test
    void eachFamilyOfTheSubnetsGetsItsRules() {
        List<Rule> rules = NetworkRules.protect(
                new BridgeNetwork("br1", List.of(IpPrefix.parse("10.1.0.0/24"), IpPrefix.parse("fd00::/64")), false));
        assertThat(rules).filteredOn(rule -> rule.family() == IpFamily.IPV6).hasSize(11);
        assertThat(rules).noneMatch(rule -> rule.table() == Table.NAT);
    }

    @Test
    void anInternalNetworkHasWallsAndNoTranslation() {
        assertThat(lines(true, true, Map.of()))
                .contains(
                        "-t filter -A NETD-FORWARD ! -i br1 -o br1 -j DROP",
                        "-t filter -A NETD-FORWARD -i br1 ! -o br1 -j DROP",
                        "-t filter -A NETD ! -i br1 -o br1 -j DROP")
                .noneMatch(line -> line.contains("-t nat"));
    }

    @Test
    void withoutIccNeighboursReachPublishedPortsAlone() {
        assertThat(lines(false, false, Map.of()))
                .containsSubsequence(
                        "-t filter -A NETD-FORWARD -o br1 -j NETD",
                        "-t filter -A NETD-FORWARD -i br1 -o br1 -m conntrack --ctstate DNAT -j ACCEPT",
                        "-t filter -A NETD-FORWARD -i br1 -o br1 -j DROP",
                        "-t filter -A NETD-FORWARD -i br1 -j ACCEPT");
    }

    @Test
    void aGatewayModeDecidesOfItsFamilyAlone() {
        assertThat(lines(true, false, Map.of(IpFamily.IPV4, GatewayMode.NAT_UNPROTECTED)))
                .contains(
                        "-t filter -A NETD ! -i br1 -o br1 -j ACCEPT",
                        "-t nat -A POSTROUTING -s 10.1.0.0/24 ! -o br1 -j MASQUERADE");
        assertThat(lines(true, false, Map.of(IpFamily.IPV4, GatewayMode.ROUTED)))
                .containsSubsequence(
                        "-t filter -A NETD ! -i br1 -o br1 -p icmp -j ACCEPT",
                        "-t filter -A NETD ! -i br1 -o br1 -j DROP")
                .noneMatch(line -> line.contains("-t nat"));
        assertThat(lines(true, true, Map.of(IpFamily.IPV4, GatewayMode.ROUTED)))
                .noneMatch(line -> line.contains("icmp"));
        assertThat(lines(true, false, Map.of(IpFamily.IPV6, GatewayMode.ROUTED)))
                .contains("-t nat -A POSTROUTING -s 10.1.0.0/24 ! -o br1 -j MASQUERADE");
    }

    @Test
    void whatBearsTheMarkGetsInUnlessTheNetworkIsInternal() {
        Admission admission = new Admission(List.of(), Optional.of(new Match.Mark(2, 3)));
        assertThat(lines(false, false, Map.of(), Map.of(), admission))
                .containsSubsequence(
                        "-t filter -A NETD-FORWARD -j DOCKER-USER",
                        "-t filter -A NETD-FORWARD -o br1 -m mark --mark 0x2/0x3 -j ACCEPT",
                        "-t filter -A NETD-FORWARD -o br1 -j NETD",
                        "-t filter -A NETD-FORWARD -i br1 -o br1 -j DROP");
        assertThat(lines(true, true, Map.of(), Map.of(), admission)).noneMatch(line -> line.contains("mark"));
    }

    @Test
    void whoComesInByATrustedInterfaceMayAskContainersThemselves() {
        IpPrefix container = IpPrefix.parse("10.1.0.2/24");
        assertThat(inOrder(NetworkRules.directAccessBlock(container, "br1", List.of("eth0", "wg0"))))
                .containsExactly(
                        "-t raw -A PREROUTING -d 10.1.0.0/24 ! -i br1 -j NETD",
                        "-t raw -A NETD -d 10.1.0.0/24 -i eth0 -j RETURN",
                        "-t raw -A NETD -d 10.1.0.0/24 -i wg0 -j RETURN",
                        "-t raw -A NETD -d 10.1.0.2/32 ! -i br1 -j DROP");
        assertThat(inOrder(NetworkRules.directAccessBlock(container, "br1", List.of())))
                .containsExactly("-t raw -A PREROUTING -d 10.1.0.2/32 ! -i br1 -j DROP");
    }

    @Test
    void whatLeavesBearsTheAddressThatIsNamed() {
        Map<IpFamily, IpAddress> sources = Map.of(IpFamily.IPV4, IpAddress.parse("192.0.2.7"));
        assertThat(lines(true, false, Map.of(), sources))
                .contains("-t nat -A POSTROUTING -s 10.1.0.0/24 ! -o br1 -j SNAT --to-source 192.0.2.7")
                .noneMatch(line -> line.contains("MASQUERADE"));
        assertThat(lines(true, false, Map.of(IpFamily.IPV4, GatewayMode.ROUTED), sources))
                .noneMatch(line -> line.contains("-t nat"));
    }

    private static List<String> lines(boolean icc, boolean internal, Map<IpFamily, GatewayMode> modes) {
        return lines(icc, internal, modes, Map.of());
    }

    private static List<String> lines(
            boolean icc, boolean internal, Map<IpFamily, GatewayMode> modes, Map<IpFamily, IpAddress> sources) {
        return lines(icc, internal, modes, sources, Admission.NONE);
    }

    private static List<String> lines(
            boolean icc,
            boolean internal,
            Map<IpFamily, GatewayMode> modes,
            Map<IpFamily, IpAddress> sources,
            Admission admission) {
        return inOrder(NetworkRules.protect(new BridgeNetwork(
                "br1", List.of(IpPrefix.parse("10.1.0.0/24")), true, icc, internal, modes, sources, admission)));
    }

    /** As packets meet those of one chain. */
    private static List<String> inOrder(List<Rule> rules) {
        return rules.stream()
                .sorted(Comparator.comparingInt(Rule::rank))
                .map(Rule::toString)
                .toList();
    }
}
