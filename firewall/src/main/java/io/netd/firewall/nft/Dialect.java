package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.RuleBody;
import java.util.List;
import java.util.Optional;

/** How rules are written in nf_tables: under which names, with which expressions. Pure. */
public interface Dialect {

    /** Where a chain stands in the kernel. */
    ChainName name(ChainRef chain);

    /** Which chain it is that stands there; none where no rule can be meant. */
    Optional<ChainRef> chain(IpFamily family, String table, String name);

    /** The hook of a built-in chain; none for any other. */
    Optional<Hook> hook(ChainRef chain);

    /** The user data of a table that netd makes. */
    Data tableData();

    /** The user data of a chain that netd makes; empty for none. */
    Data chainData(ChainRef chain);

    /** Whether netd made the table or built-in chain that has this user data. */
    boolean isOurs(Data userData);

    /** Whether what netd accepts can still be dropped by others, who keep a {@link io.netd.firewall.Chains#hooks hook} for that. */
    default boolean needsHooks() {
        return false;
    }

    /** The rule as a line of its chain. */
    RuleBody body(Rule rule);

    /** The expressions of a rule in the kernel in the form of {@link #body}, where another program may write others for the same. */
    default List<Expression> normalized(List<Expression> expressions) {
        return expressions;
    }

    /** The rule as an element of a map, where it can be one. Different rules are different elements. */
    Optional<Member> member(Rule rule, KnownMaps maps);

    /**
     * The branch of the rule's chain in which the rule stands, as a line or by its map; none where every packet of the
     * chain is asked.
     */
    default Optional<Branch> branch(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }

    /** The element that the rule was to netd's earlier versions, if it is another one now. */
    default Optional<Member> former(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }

    /** The map that stands with this rule: it makes and removes it. */
    default Optional<Standing> standing(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }

    /** The map that may stand in a chain with a rule of another one. */
    default Optional<MapRule> standingIn(ChainRef chain) {
        return Optional.empty();
    }
}
