package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.List;
import java.util.Optional;

/** Rules of every kind that netd can write. */
public final class SampleRules {
    private SampleRules() {}

    public static List<Rule> all() {
        return List.of(
                nat(4, "PREROUTING").when(local()).then(jump("NETD")),
                nat(4, "OUTPUT")
                        .when(new Match.Destination(ip("127.0.0.0/8"), true), local())
                        .then(jump("NETD")),
                nat(4, "NETD").when(tcp(), dport("8080")).then(dnat("172.17.0.2", "80")),
                nat(4, "NETD")
                        .when(new Match.Destination(ip("10.0.0.1/32")), notIn("docker0"), udp(), dport("53-55"))
                        .then(dnat("172.17.0.2", "53-55")),
                nat(4, "NETD")
                        .when(new Match.Proto(Protocol.SCTP), dport("53-54"))
                        .then(new Target.Dnat(IpAddress.parse("172.17.0.2"), Optional.empty())),
                nat(4, "POSTROUTING")
                        .when(new Match.Source(ip("172.17.0.0/16")), new Match.OutInterface("docker0", true))
                        .then(new Target.Masquerade()),
                nat(4, "POSTROUTING")
                        .when(new Match.OutInterface("docker0"), new Match.SourceType(AddressType.LOCAL))
                        .then(new Target.Masquerade()),
                nat(4, "POSTROUTING")
                        .when(new Match.Source(ip("172.17.0.2/32")), new Match.Destination(ip("172.17.0.2/32")))
                        .when(tcp(), new Match.SourcePort(PortRange.parse("1-2")), dport("80"))
                        .comment("netd: hairpin c1")
                        .then(new Target.Masquerade()),
                nat(4, "POSTROUTING")
                        .when(new Match.Source(ip("172.17.0.2/32")))
                        .then(new Target.Snat(IpAddress.parse("1.2.3.4"))),
                filter(4, "FORWARD").then(jump("NETD-USER")),
                filter(4, "FORWARD").when(out("docker0"), established()).then(new Target.Accept()),
                filter(4, "FORWARD")
                        .when(new Match.CtStates(CtState.INVALID, CtState.NEW, CtState.UNTRACKED))
                        .then(new Target.Accept()),
                filter(4, "FORWARD").when(new Match.CtStates(CtState.DNAT)).then(new Target.Accept()),
                filter(4, "FORWARD").when(notIn("docker0"), out("docker0")).then(new Target.Drop()),
                filter(4, "FORWARD")
                        .when(
                                new Match.Source(ip("10.1.0.0/20"), true),
                                new Match.Destination(ip("10.128.0.0/9")),
                                new Match.SourceType(AddressType.LOCAL),
                                new Match.DestinationType(AddressType.LOCAL, true))
                        .then(new Target.Return()),
                filter(4, "FORWARD").when(new Match.Mark(0x10, 0xff)).then(new Target.Accept()),
                filter(4, "FORWARD").when(new Match.Mark(0x10)).then(new Target.Drop()),
                raw(4).when(new Match.Destination(ip("127.0.0.0/8")), new Match.InInterface("docker0"))
                        .then(new Target.Drop()),
                raw(4).when(new Match.Destination(ip("127.0.0.1/32")), notIn("lo"), tcp(), dport("80"))
                        .then(new Target.Drop()),
                Rule.in(IpFamily.IPV4, Table.MANGLE, "OUTPUT", 0).when(udp()).then(new Target.Accept()),
                nat(4, "NETD")
                        .when(tcp(), dport("20000-20999"))
                        .then(new Target.Dnat(IpAddress.parse("172.17.0.2"), Optional.empty())),
                filter(4, "NETD")
                        .when(new Match.Destination(ip("172.17.0.2/32")), notIn("docker0"), out("docker0"))
                        .when(tcp(), dport("20000-20999"))
                        .then(new Target.Accept()),
                nat(4, "POSTROUTING")
                        .when(new Match.Source(ip("172.17.0.0/16")), out("docker0"))
                        .when(new Match.CtStates(CtState.DNAT))
                        .then(new Target.Masquerade()),
                filter(4, "NETD")
                        .when(notIn("docker0"), out("docker0"), new Match.Icmp())
                        .then(new Target.Accept()),
                nat(6, "PREROUTING").when(local()).then(jump("NETD")),
                nat(6, "NETD")
                        .when(new Match.Source(ip("fe80::/10"), true), tcp(), dport("8080"))
                        .then(dnat("fd00::2", "80")),
                nat(6, "NETD")
                        .when(tcp(), dport("8080"))
                        .then(new Target.Dnat(IpAddress.parse("fd00::2"), Optional.empty())),
                nat(6, "NETD")
                        .when(udp(), dport("20000-20999"))
                        .then(new Target.Dnat(IpAddress.parse("fd00::2"), Optional.empty())),
                filter(6, "NETD")
                        .when(new Match.Destination(ip("fd00::2/128")), notIn("docker0"), out("docker0"))
                        .when(udp(), dport("20000-20999"))
                        .then(new Target.Accept()),
                nat(6, "POSTROUTING")
                        .when(new Match.Source(ip("fd00::/64")), new Match.OutInterface("docker0", true))
                        .then(new Target.Masquerade()),
                nat(6, "POSTROUTING")
                        .when(new Match.Source(ip("fd00::/64")))
                        .then(new Target.Snat(IpAddress.parse("fd00::1"))),
                filter(6, "FORWARD")
                        .when(new Match.Destination(ip("fd00::2/128")), out("docker0"), established())
                        .then(new Target.Accept()),
                filter(6, "NETD")
                        .when(notIn("docker0"), out("docker0"), new Match.Icmp())
                        .then(new Target.Accept()),
                filter(6, "FORWARD")
                        .when(new Match.Destination(ip("fd00::/61")), udp(), dport("2"))
                        .then(new Target.Accept()),
                filter(6, "FORWARD")
                        .when(new Match.Destination(ip("fd00::1/128")), notIn("lo"))
                        .when(new Match.Proto(Protocol.SCTP), dport("2"))
                        .when(new Match.SourceType(AddressType.LOCAL, true))
                        .then(new Target.Accept()));
    }

    private static Rule.Draft nat(int family, String chain) {
        return Rule.in(family(family), Table.NAT, chain, Ranks.ANY);
    }

    private static Rule.Draft filter(int family, String chain) {
        return Rule.in(family(family), Table.FILTER, chain, Ranks.ANY);
    }

    private static Rule.Draft raw(int family) {
        return Rule.in(family(family), Table.RAW, "PREROUTING", Ranks.ANY);
    }

    private static IpFamily family(int number) {
        return number == 4 ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    private static IpPrefix ip(String prefix) {
        return IpPrefix.parse(prefix);
    }

    private static Match tcp() {
        return new Match.Proto(Protocol.TCP);
    }

    private static Match udp() {
        return new Match.Proto(Protocol.UDP);
    }

    private static Match dport(String ports) {
        return new Match.DestinationPort(PortRange.parse(ports));
    }

    private static Match local() {
        return new Match.DestinationType(AddressType.LOCAL);
    }

    private static Match notIn(String name) {
        return new Match.InInterface(name, true);
    }

    private static Match out(String name) {
        return new Match.OutInterface(name);
    }

    private static Match established() {
        return new Match.CtStates(CtState.RELATED, CtState.ESTABLISHED);
    }

    private static Target jump(String chain) {
        return new Target.Jump(chain);
    }

    private static Target dnat(String address, String ports) {
        return new Target.Dnat(IpAddress.parse(address), Optional.of(PortRange.parse(ports)));
    }
}
