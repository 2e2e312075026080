package io.netd.firewall.nftables;

import io.netd.firewall.Rule;
import io.netd.firewall.nft.Branch;
import io.netd.firewall.nft.KnownMaps;
import io.netd.firewall.nft.Member;
import java.util.Optional;

/** As netd wrote its tables before there were verdict maps: all rules of a chain in one list, whoever's they are. */
final class FlatDialect extends NftablesDialect {
    @Override
    public boolean needsHooks() {
        return false;
    }

    @Override
    public Optional<Member> member(Rule rule, KnownMaps maps) {
        return Translations.member(rule, maps).or(() -> Gathered.member(rule, maps));
    }

    @Override
    public Optional<Branch> branch(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }

    @Override
    public Optional<Member> former(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }
}
