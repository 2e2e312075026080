package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.RuleBody;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules in iptables-nft's own tables, as iptables-nft 1.8.9 writes them, and known again when a later one has written them
 * anew. It knows no maps there.
 */
public final class IptablesDialect implements Dialect {
    @Override
    public ChainName name(ChainRef chain) {
        return new ChainName(NftFamily.of(chain.family()), chain.table().toString(), chain.chain());
    }

    @Override
    public Optional<ChainRef> chain(IpFamily family, String table, String name) {
        return Stream.of(Table.values())
                .filter(known -> known.toString().equals(table))
                .findFirst()
                .map(known -> new ChainRef(family, known, name));
    }

    @Override
    public Optional<Hook> hook(ChainRef chain) {
        return BaseChains.hook(chain.table(), chain.chain());
    }

    @Override
    public Data tableData() {
        return OurMark.MARK;
    }

    /** Chains with names of netd's own need no mark. */
    @Override
    public Data chainData(ChainRef chain) {
        return hook(chain).isPresent() ? OurMark.MARK : Data.of();
    }

    @Override
    public boolean isOurs(Data userData) {
        return OurMark.isOn(userData);
    }

    @Override
    public RuleBody body(Rule rule) {
        return RuleEncoder.encode(rule);
    }

    @Override
    public List<Expression> normalized(List<Expression> expressions) {
        return HeaderOrder.of(expressions);
    }

    @Override
    public Optional<Member> member(Rule rule, KnownMaps maps) {
        return Optional.empty();
    }
}
