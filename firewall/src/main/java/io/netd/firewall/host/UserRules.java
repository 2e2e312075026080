package io.netd.firewall.host;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Table;
import io.netd.firewall.nft.IptablesDialect;
import io.netd.firewall.nftables.NftablesBackends;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The user's own rules, which stay where he wrote them when netd's move to another framework. Chains of iptables-legacy are
 * not seen.
 *
 * @param way the chain that every forwarded packet sees
 * @param own the user's
 * @param netds what netd's rules in that framework begin with
 */
record UserRules(ChainName way, ChainName own, ChainName netds) {

    /** A sentence for each of the user's chains that has rules, and no rules of netd's beside it. */
    static List<String> apart(NftSocket socket) {
        return Stream.of(IpFamily.values())
                .flatMap(family ->
                        Stream.of(of(family, new IptablesDialect()::name), of(family, NftablesBackends::name)))
                .flatMap(rules -> rules.sentence(socket).stream())
                .toList();
    }

    private static UserRules of(IpFamily family, Function<ChainRef, ChainName> names) {
        Function<String, ChainName> filter = chain -> names.apply(new ChainRef(family, Table.FILTER, chain));
        return new UserRules(
                filter.apply(Chains.FORWARD), filter.apply(Chains.NETD_USER), filter.apply(Chains.NETD_FORWARD));
    }

    private Optional<String> sentence(NftSocket socket) {
        List<NftRule> ways = socket.rules(way);
        if (leads(ways, netds) || socket.rules(own).isEmpty()) {
            return Optional.empty();
        }
        String whatTheyDo = leads(ways, own)
                ? "the rules in " + own + " still drop, but let nothing in"
                : "no packet sees the rules in " + own;
        return Optional.of(whatTheyDo + ": netd's own are not there any more");
    }

    private static boolean leads(List<NftRule> rules, ChainName chain) {
        return rules.stream()
                .flatMap(rule -> rule.expressions().stream())
                .anyMatch(expression -> isJump(expression, chain));
    }

    private static boolean isJump(Expression expression, ChainName chain) {
        return expression instanceof Immediate verdict && verdict.chain().equals(Optional.of(chain.chain()));
    }
}
