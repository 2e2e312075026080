package io.netd.firewall;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of bridge networks, with the meaning Docker gives them since 28: containers reach everything, replies come
 * back, of what comes from elsewhere only published ports get in, unless the network is to be otherwise. The FORWARD
 * policy plays no part.
 */
public final class NetworkRules {
    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");

    private static final int FOREIGN_USER = -10;

    /** Tells netd's rules in chains of others from the same ones of their owner. */
    private static final String COMMENT = "netd";

    private NetworkRules() {}

    /** Returns all rules of a network that netd protects. */
    public static List<Rule> protect(BridgeNetwork network) {
        List<Rule> rules = new ArrayList<>();
        List<IpFamily> families =
                network.subnets().stream().map(IpPrefix::family).distinct().toList();
        for (IpFamily family : families) {
            rules.addAll(entrances(family));
            rules.addAll(forwarding(family, network));
            Chains.hooks(family).forEach(hook -> rules.addAll(passage(family, hook, network.bridge())));
        }
        if (families.contains(IpFamily.IPV4)) {
            rules.add(loopbackGuard(network.bridge()));
        }
        network.subnets().stream()
                .filter(subnet -> network.masquerades(subnet.family()))
                .forEach(subnet -> rules.add(translation(subnet, network)));
        return List.copyOf(rules);
    }

    /** Returns the rule that gives what leaves {@code source} by other interfaces than the bridge the host's address. */
    public static Rule masquerade(IpPrefix source, String bridge) {
        return leaving(source, bridge).then(new Target.Masquerade());
    }

    private static Rule translation(IpPrefix subnet, BridgeNetwork network) {
        IpAddress source = network.sources().get(subnet.family());
        return leaving(subnet, network.bridge())
                .then(source == null ? new Target.Masquerade() : new Target.Snat(source));
    }

    private static Rule.Draft leaving(IpPrefix source, String bridge) {
        return Rule.in(source.family(), Table.NAT, Chains.POSTROUTING, Ranks.ANY)
                .when(new Match.Source(source.network()), new Match.OutInterface(bridge, true));
    }

    /**
     * Returns the rule that gives what a single container sends the host's address, unless it goes to its own subnet or to
     * many at once.
     *
     * @param container its address, with the length of its subnet
     */
    public static Rule masqueradeOf(IpPrefix container) {
        return Rule.in(container.family(), Table.NAT, Chains.POSTROUTING, Ranks.ANY)
                .when(
                        new Match.Source(IpPrefix.host(container.address())),
                        new Match.Destination(container.network(), true),
                        new Match.DestinationType(AddressType.UNICAST))
                .then(new Target.Masquerade());
    }

    /**
     * Returns the rule that drops what is sent to a container's own address from elsewhere than its bridge. It stands
     * before the translation of published ports, which therefore still work.
     */
    public static Rule directAccessBlock(IpAddress container, String bridge) {
        return Rule.in(container.family(), Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                .when(new Match.Destination(IpPrefix.host(container)), new Match.InInterface(bridge, true))
                .then(new Target.Drop());
    }

    /**
     * Returns the same where what comes in by some interfaces is spared. It returns to what others have in the table, which an
     * accept would pass over.
     *
     * @param container its address, with the length of its subnet
     * @param trusted those interfaces' names
     */
    public static List<Rule> directAccessBlock(IpPrefix container, String bridge, List<String> trusted) {
        Rule drop = directAccessBlock(container.address(), bridge);
        if (trusted.isEmpty()) {
            return List.of(drop);
        }
        Match subnet = new Match.Destination(container.network());
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.in(container.family(), Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                .when(subnet, new Match.InInterface(bridge, true))
                .then(new Target.Jump(Chains.NETD)));
        trusted.forEach(name -> rules.add(Rule.in(container.family(), Table.RAW, Chains.NETD, Ranks.PUBLISHED)
                .when(subnet, new Match.InInterface(name))
                .then(new Target.Return())));
        rules.add(Rule.in(container.family(), Table.RAW, Chains.NETD, Ranks.UNPUBLISHED)
                .when(drop.matches().toArray(Match[]::new))
                .then(drop.target()));
        return List.copyOf(rules);
    }

    /**
     * Returns the rule that keeps containers from the host's loopback services, which route_localnet on the bridge would
     * open to them.
     */
    public static Rule loopbackGuard(String bridge) {
        return Rule.in(IpFamily.IPV4, Table.RAW, Chains.PREROUTING, Ranks.FIRST)
                .when(new Match.Destination(LOOPBACK), new Match.InInterface(bridge))
                .then(new Target.Drop());
    }

    private static List<Rule> entrances(IpFamily family) {
        return List.of(
                UserChain.way(family),
                filter(family, Chains.FORWARD, Ranks.FIRST).then(new Target.Jump(Chains.NETD_FORWARD)),
                filter(family, Chains.NETD_FORWARD, FOREIGN_USER).then(new Target.Jump(Chains.DOCKER_USER)));
    }

    private static List<Rule> forwarding(IpFamily family, BridgeNetwork network) {
        Match in = new Match.InInterface(network.bridge());
        Match out = new Match.OutInterface(network.bridge());
        List<Rule> rules = new ArrayList<>();
        rules.add(filter(family, Chains.NETD_FORWARD, Ranks.REPLIES)
                .when(out, new Match.CtStates(CtState.RELATED, CtState.ESTABLISHED))
                .then(new Target.Accept()));
        if (network.internal()) {
            rules.addAll(walls(family, network.bridge()));
        }
        network.mark()
                .ifPresent(mark -> rules.add(filter(family, Chains.NETD_FORWARD, Ranks.MARKED)
                        .when(out, mark)
                        .then(new Target.Accept())));
        rules.add(filter(family, Chains.NETD_FORWARD, Ranks.INBOUND).when(out).then(new Target.Jump(Chains.NETD)));
        if (!network.icc()) {
            rules.addAll(fences(family, in, out));
        }
        rules.add(filter(family, Chains.NETD_FORWARD, Ranks.OUTBOUND).when(in).then(new Target.Accept()));
        if (!network.internal() && network.mode(family) == GatewayMode.ROUTED) {
            rules.add(icmp(family, network.bridge()));
        }
        boolean isOpen = !network.internal() && network.mode(family) == GatewayMode.NAT_UNPROTECTED;
        rules.add(filter(family, Chains.NETD, Ranks.UNPUBLISHED)
                .when(new Match.InInterface(network.bridge(), true), out)
                .then(isOpen ? new Target.Accept() : new Target.Drop()));
        return rules;
    }

    /** Whoever may be asked under an own address may be pinged; what stays on the bridge is the fences' affair. */
    private static Rule icmp(IpFamily family, String bridge) {
        return filter(family, Chains.NETD, Ranks.PUBLISHED)
                .when(new Match.InInterface(bridge, true), new Match.OutInterface(bridge), new Match.Icmp())
                .then(new Target.Accept());
    }

    /**
     * Through the chain of another firewall that would drop whatever it does not know. What is not to pass is dropped by
     * netd's own rules, wherever they stand: this takes no drop back.
     */
    private static List<Rule> passage(IpFamily family, String hook, String bridge) {
        Rule.Draft passing = filter(family, hook, Ranks.ANY).comment(COMMENT);
        return List.of(
                passing.when(new Match.InInterface(bridge)).then(new Target.Accept()),
                passing.when(new Match.OutInterface(bridge)).then(new Target.Accept()));
    }

    /** Around an internal network. What stays on the bridge may pass here, too, where br_netfilter is on. */
    private static List<Rule> walls(IpFamily family, String bridge) {
        Rule.Draft wall = filter(family, Chains.NETD_FORWARD, Ranks.INTERNAL);
        return List.of(
                wall.when(new Match.InInterface(bridge, true), new Match.OutInterface(bridge))
                        .then(new Target.Drop()),
                wall.when(new Match.InInterface(bridge), new Match.OutInterface(bridge, true))
                        .then(new Target.Drop()));
    }

    /** Between neighbours; those that are ports of one bridge it keeps apart itself. */
    private static List<Rule> fences(IpFamily family, Match in, Match out) {
        return List.of(
                filter(family, Chains.NETD_FORWARD, Ranks.PUBLISHED_TO_NEIGHBOURS)
                        .when(in, out, new Match.CtStates(CtState.DNAT))
                        .then(new Target.Accept()),
                filter(family, Chains.NETD_FORWARD, Ranks.NEIGHBOURS)
                        .when(in, out)
                        .then(new Target.Drop()));
    }

    private static Rule.Draft filter(IpFamily family, String chain, int rank) {
        return Rule.in(family, Table.FILTER, chain, rank);
    }
}
