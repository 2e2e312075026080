package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.firewall.nft.Dialect;
import io.netd.firewall.nft.MapRule;
import io.netd.firewall.nft.Member;
import io.netd.firewall.nft.Standing;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.RuleBody;
import java.util.Optional;

/** As netd wrote its tables before there were verdict maps: all rules of a chain in one list, whoever's they are. */
record FlatDialect(NftablesDialect now) implements Dialect {
    FlatDialect() {
        this(new NftablesDialect());
    }

    @Override
    public ChainName name(ChainRef chain) {
        return now.name(chain);
    }

    @Override
    public Optional<ChainRef> chain(IpFamily family, String table, String name) {
        return now.chain(family, table, name);
    }

    @Override
    public Optional<Hook> hook(ChainRef chain) {
        return now.hook(chain);
    }

    @Override
    public Data tableData() {
        return now.tableData();
    }

    @Override
    public Data chainData(ChainRef chain) {
        return now.chainData(chain);
    }

    @Override
    public boolean isOurs(Data userData) {
        return now.isOurs(userData);
    }

    @Override
    public RuleBody body(Rule rule) {
        return now.body(rule);
    }

    @Override
    public Optional<Member> member(Rule rule) {
        return Translations.member(rule).or(() -> Gathered.member(rule));
    }

    @Override
    public Optional<Standing> standing(Rule rule) {
        return now.standing(rule);
    }

    @Override
    public Optional<MapRule> standingIn(ChainRef chain) {
        return now.standingIn(chain);
    }
}
