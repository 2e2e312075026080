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
 * The user's own rules, which stay where he wrote them when netd's move to another framework: from then on nothing leads
 * there. Chains of iptables-legacy are not seen.
 *
 * @param way the chain that every forwarded packet sees
 * @param own the user's
 */
record UserRules(ChainName way, ChainName own) {

    /** The user's chains that have rules which no packet sees. */
    static List<ChainName> unseen(NftSocket socket) {
        return Stream.of(IpFamily.values())
                .flatMap(family ->
                        Stream.of(of(family, new IptablesDialect()::name), of(family, NftablesBackends::name)))
                .filter(rules -> rules.isUnseen(socket))
                .map(UserRules::own)
                .toList();
    }

    private static UserRules of(IpFamily family, Function<ChainRef, ChainName> names) {
        return new UserRules(
                names.apply(new ChainRef(family, Table.FILTER, Chains.FORWARD)),
                names.apply(new ChainRef(family, Table.FILTER, Chains.NETD_USER)));
    }

    private boolean isUnseen(NftSocket socket) {
        return !socket.rules(own).isEmpty() && socket.rules(way).stream().noneMatch(this::leads);
    }

    private boolean leads(NftRule rule) {
        return rule.expressions().stream().anyMatch(this::leads);
    }

    private boolean leads(Expression expression) {
        return expression instanceof Immediate verdict && verdict.chain().equals(Optional.of(own.chain()));
    }
}
