package io.netd.plugins.firewall;

import static io.netd.firewall.Chains.CNI_FORWARD;
import static io.netd.firewall.Chains.CNI_ISOLATION_STAGE_1;
import static io.netd.firewall.Chains.CNI_ISOLATION_STAGE_2;
import static io.netd.firewall.Chains.FORWARD;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import java.util.List;

/** The rules of the reference plugin, word for word; values only. */
final class FirewallRules {
    private static final String COMMENT = "CNI firewall plugin rules";
    private static final String ADMIN_COMMENT = "CNI firewall plugin admin overrides";

    /** The reference's chains stand before those of others, behind netd's own. */
    private static final int STAGE_1_JUMP = -12;

    private static final int FORWARD_JUMP = -10;
    private static final int ADMIN = -10;
    private static final int ACCEPT = 0;
    private static final int INSIDE = -12;
    private static final int ACROSS = -10;
    private static final int RETURN = 100;

    private FirewallRules() {}

    /** The way into the chain of accepts, and from there to the administrator's. */
    static List<Rule> entrance(IpFamily family, Target.Jump adminChain) {
        return List.of(
                filter(family, FORWARD, FORWARD_JUMP).comment(COMMENT).then(new Target.Jump(CNI_FORWARD)),
                filter(family, CNI_FORWARD, ADMIN).comment(ADMIN_COMMENT).then(adminChain));
    }

    /** What lets a container out and answers in. */
    static List<Rule> accepts(IpPrefix container) {
        return List.of(
                filter(container.family(), CNI_FORWARD, ACCEPT)
                        .when(
                                new Match.Destination(container),
                                new Match.CtStates(CtState.RELATED, CtState.ESTABLISHED))
                        .then(new Target.Accept()),
                filter(container.family(), CNI_FORWARD, ACCEPT)
                        .when(new Match.Source(container))
                        .then(new Target.Accept()));
    }

    /** The two stages through which packets of isolated bridges pass. */
    static List<Rule> stages(IpFamily family) {
        String comment = policyComment(IngressPolicy.SAME_BRIDGE);
        return List.of(
                filter(family, FORWARD, STAGE_1_JUMP).comment(comment).then(new Target.Jump(CNI_ISOLATION_STAGE_1)),
                filter(family, CNI_ISOLATION_STAGE_1, RETURN).comment(comment).then(new Target.Return()),
                filter(family, CNI_ISOLATION_STAGE_2, RETURN).comment(comment).then(new Target.Return()));
    }

    /** What leaves one isolated bridge does not get into another one, in {@code ISOLATED} not into the same. */
    static List<Rule> isolation(IpFamily family, String bridge, IngressPolicy policy) {
        Match in = new Match.InInterface(bridge);
        Match out = new Match.OutInterface(bridge);
        Rule leaving = filter(family, CNI_ISOLATION_STAGE_1, ACROSS)
                .when(in, new Match.OutInterface(bridge, true))
                .comment(policyComment(policy))
                .then(new Target.Jump(CNI_ISOLATION_STAGE_2));
        Rule arriving = filter(family, CNI_ISOLATION_STAGE_2, ACROSS)
                .when(out)
                .comment(policyComment(IngressPolicy.SAME_BRIDGE))
                .then(new Target.Drop());
        if (policy != IngressPolicy.ISOLATED) {
            return List.of(leaving, arriving);
        }
        Rule inside = filter(family, CNI_ISOLATION_STAGE_1, INSIDE)
                .when(in, out)
                .comment(policyComment(policy))
                .then(new Target.Drop());
        return List.of(inside, leaving, arriving);
    }

    private static String policyComment(IngressPolicy policy) {
        return COMMENT + " (ingressPolicy: " + policy + ")";
    }

    private static Rule.Draft filter(IpFamily family, String chain, int rank) {
        return Rule.in(family, Table.FILTER, chain, rank);
    }
}
