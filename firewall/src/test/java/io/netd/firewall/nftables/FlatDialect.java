package io.netd.firewall.nftables;

import io.netd.firewall.Rule;
import io.netd.firewall.nft.Branch;
import io.netd.firewall.nft.Member;
import io.netd.firewall.nft.PassingDialect;
import java.util.Optional;

/** As netd wrote its tables before there were verdict maps: all rules of a chain in one list, whoever's they are. */
final class FlatDialect extends PassingDialect {
    FlatDialect() {
        super(new NftablesDialect());
    }

    @Override
    public boolean needsHooks() {
        return false;
    }

    @Override
    public Optional<Member> member(Rule rule) {
        return Translations.member(rule).or(() -> Gathered.member(rule));
    }

    @Override
    public Optional<Branch> branch(Rule rule) {
        return Optional.empty();
    }

    @Override
    public Optional<Member> former(Rule rule) {
        return Optional.empty();
    }
}
