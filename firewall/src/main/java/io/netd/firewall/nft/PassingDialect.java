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

/**
 * Writes as another dialect does, but for what a subclass says of its own. A line and a place are made of the rest.
 */
public abstract class PassingDialect implements Dialect {
    private final Dialect dialect;

    /** Over the other one. */
    protected PassingDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public ChainName name(ChainRef chain) {
        return dialect.name(chain);
    }

    @Override
    public Optional<ChainRef> chain(IpFamily family, String table, String name) {
        return dialect.chain(family, table, name);
    }

    @Override
    public Optional<Hook> hook(ChainRef chain) {
        return dialect.hook(chain);
    }

    @Override
    public Data tableData() {
        return dialect.tableData();
    }

    @Override
    public Data chainData(ChainRef chain) {
        return dialect.chainData(chain);
    }

    @Override
    public boolean isOurs(Data userData) {
        return dialect.isOurs(userData);
    }

    @Override
    public boolean needsHooks() {
        return dialect.needsHooks();
    }

    @Override
    public RuleBody body(Rule rule) {
        return dialect.body(rule);
    }

    @Override
    public List<Expression> normalized(List<Expression> expressions) {
        return dialect.normalized(expressions);
    }

    @Override
    public Optional<Member> member(Rule rule) {
        return dialect.member(rule);
    }

    @Override
    public Optional<Branch> branch(Rule rule) {
        return dialect.branch(rule);
    }

    @Override
    public Optional<Member> former(Rule rule) {
        return dialect.former(rule);
    }

    @Override
    public Optional<Standing> standing(Rule rule) {
        return dialect.standing(rule);
    }

    @Override
    public Optional<MapRule> standingIn(ChainRef chain) {
        return dialect.standingIn(chain);
    }
}
