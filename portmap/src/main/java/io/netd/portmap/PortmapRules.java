package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.firewall.AddressType;
import io.netd.firewall.Chains;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Ranks;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The firewall rules of published ports; values only. */
public final class PortmapRules {
    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");
    private static final IpPrefix LOOPBACK6 = IpPrefix.parse("::1/128");

    private final Publication publication;
    private final Publishing how;
    private final List<Rule> rules = new ArrayList<>();

    private PortmapRules(Publication publication, Publishing how) {
        this.publication = publication;
        this.how = how;
    }

    /** All rules that one container address needs for its ports; empty without ports. */
    public static List<Rule> of(Publication publication, Publishing how) {
        PortmapRules build = new PortmapRules(publication, how);
        if (!publication.translated().isEmpty()) {
            build.entries();
        }
        return build.ports();
    }

    /** Those of them that are no other port's: where the rest is the network's. */
    public static List<Rule> own(Publication publication, Publishing how) {
        return new PortmapRules(publication, how).ports();
    }

    private List<Rule> ports() {
        PortSpan.join(publication.translated()).forEach(this::span);
        PortSpan.join(publication.opened()).forEach(span -> rules.add(acceptance(span)));
        rules.replaceAll(this::placed);
        return List.copyOf(rules);
    }

    /**
     * What all ports of a network need, in whose rules it may stand from the beginning: then a port is no more than two
     * rules, its {@link #own}.
     *
     * @param bridge the host's interface towards the containers
     * @param subnet theirs
     */
    public static List<Rule> shared(String bridge, IpPrefix subnet, Publishing how) {
        PortmapRules build = new PortmapRules(new Publication(bridge, subnet, List.of()), how);
        build.entries();
        return build.rules.stream().map(build::placed).toList();
    }

    /** The drop of unpublished ports, from which a port is spared, stands in the usual framework. */
    private Rule placed(Rule rule) {
        return rule.table() == Table.FILTER ? rule : rule.in(how.framework());
    }

    private IpFamily family() {
        return publication.family();
    }

    /** The ways into the chain of DNAT rules, shared by all ports: equal rules stand in the kernel once. */
    private void entries() {
        Target jump = new Target.Jump(Chains.NETD);
        rules.add(PublishedPorts.entrance(family()));
        Rule.Draft output = Rule.in(family(), Table.NAT, Chains.OUTPUT, Ranks.ANY)
                .when(new Match.DestinationType(AddressType.LOCAL));
        rules.add(
                how.snat() && family() == IpFamily.IPV4
                        ? output.then(jump)
                        : output.when(new Match.Destination(loopback(), true)).then(jump));
        if (how.snat() && family() == IpFamily.IPV4) {
            rules.add(NetworkRules.loopbackGuard(publication.bridge()));
        }
        returns();
    }

    /**
     * Replies must come back through the host: to 127.0.0.1 the container has no way, and to a neighbour on its bridge it
     * would answer directly, with an address the neighbour never asked. One rule a bridge does for all its ports; only
     * where every source is to be hidden it is the container's own.
     */
    private void returns() {
        if (how.masqAll()) {
            rules.add(masquerade(new Match.Destination(IpPrefix.host(address())), new Match.CtStates(CtState.DNAT)));
        } else if (how.snat()) {
            rules.add(
                    masquerade(new Match.Source(publication.container().network()), new Match.CtStates(CtState.DNAT)));
        }
        if (how.snat() && family() == IpFamily.IPV4) {
            rules.add(masquerade(new Match.Source(LOOPBACK)));
        }
    }

    private Rule masquerade(Match... from) {
        return Rule.in(family(), Table.NAT, Chains.POSTROUTING, Ranks.ANY)
                .when(new Match.OutInterface(publication.bridge()))
                .when(from)
                .then(new Target.Masquerade());
    }

    private void span(PortSpan span) {
        rules.addAll(translations(span));
        span.hostIp().filter(IpAddress::isLoopback).ifPresent(ip -> rules.add(loopbackOnly(span, ip)));
        if (how.protect()) {
            rules.add(acceptance(span));
        }
    }

    /** Only a range that keeps its ports is one rule on every backend. */
    private List<Rule> translations(PortSpan span) {
        if (span.keepsPorts()) {
            return List.of(translation(span, Optional.empty()));
        }
        List<Rule> translations = new ArrayList<>();
        for (PortSpan port : span.single()) {
            translations.add(translation(port, Optional.of(port.containerPorts())));
        }
        return translations;
    }

    private Rule translation(PortSpan span, Optional<PortRange> ports) {
        Rule.Draft draft = Rule.in(family(), Table.NAT, Chains.NETD, Ranks.PUBLISHED)
                .when(new Match.Proto(span.protocol()), dport(span.hostPorts()))
                .when(how.conditions().getOrDefault(family(), List.of()).toArray(Match[]::new));
        if (!span.isWildcard()) {
            draft = draft.when(new Match.Destination(IpPrefix.host(span.hostIp().orElseThrow())));
        }
        return draft.then(new Target.Dnat(address(), ports));
    }

    /** A neighbour of the host may send packets to 127.0.0.1 over the wire; DNAT would let them in. */
    private Rule loopbackOnly(PortSpan span, IpAddress hostIp) {
        return Rule.in(family(), Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                .when(new Match.Destination(IpPrefix.host(hostIp)), new Match.InInterface("lo", true))
                .when(new Match.Proto(span.protocol()), dport(span.hostPorts()))
                .then(new Target.Drop());
    }

    private Rule acceptance(PortSpan span) {
        return Rule.in(family(), Table.FILTER, Chains.NETD, Ranks.PUBLISHED)
                .when(
                        new Match.Destination(IpPrefix.host(address())),
                        new Match.InInterface(publication.bridge(), true),
                        new Match.OutInterface(publication.bridge()),
                        new Match.Proto(span.protocol()),
                        dport(span.containerPorts()))
                .then(new Target.Accept());
    }

    private IpAddress address() {
        return publication.container().address();
    }

    private IpPrefix loopback() {
        return family() == IpFamily.IPV4 ? LOOPBACK : LOOPBACK6;
    }

    private static Match dport(PortRange ports) {
        return new Match.DestinationPort(ports);
    }
}
