package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.PublishedPorts;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.nft.BaseChains;
import io.netd.firewall.nft.Branch;
import io.netd.firewall.nft.Dialect;
import io.netd.firewall.nft.IptablesDialect;
import io.netd.firewall.nft.KnownMaps;
import io.netd.firewall.nft.MapRule;
import io.netd.firewall.nft.Member;
import io.netd.firewall.nft.Standing;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Comment;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.RuleBody;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules in the tables {@code ip netd} and {@code ip6 netd}. One for each family, because a rule is of one family anyway:
 * no packet is asked twice which it is, and a host without IPv6 has no trace of it. A chain is called as with iptables,
 * behind its iptables table's name: {@code nat-PREROUTING}, {@code filter-NETD}.
 */
class NftablesDialect implements Dialect {
    private static final String TABLE = "netd";
    private static final String TABLE_COMMENT =
            "container networks: netd writes here; your own rules go into filter-NETD-USER";
    private static final Map<String, String> COMMENTS = Map.of(
            "filter-NETD", "what comes to a bridge from elsewhere: published ports, then the drop of all others",
            "filter-NETD-FORWARD", "what is forwarded from and to netd's bridges",
            "filter-NETD-USER", "your own rules, seen before netd's; never flushed",
            "nat-NETD", "published ports",
            "raw-NETD", "what is sent to containers' own addresses: trusted interfaces, then the drop of all others",
            "raw-PREROUTING", "what may not come in over this interface",
            "nat-POSTROUTING", "whose packets go out under the host's address");

    /** Others' hooks stand in the tables of iptables, and are read and written by it. */
    private static final Dialect HOOKS = new IptablesDialect();

    static String chainName(Table table, String chain) {
        return table + "-" + chain;
    }

    @Override
    public ChainName name(ChainRef chain) {
        return isHook(chain)
                ? HOOKS.name(chain)
                : new ChainName(NftFamily.of(chain.family()), TABLE, chainName(chain.table(), chain.chain()));
    }

    /** A chain of the administrator's own making counts as filter's: it keeps the table from being removed. */
    @Override
    public Optional<ChainRef> chain(IpFamily family, String table, String name) {
        if (!table.equals(TABLE)) {
            return HOOKS.chain(family, table, name).filter(NftablesDialect::isHook);
        }
        return Stream.of(Table.values())
                .filter(known -> name.startsWith(known + "-"))
                .findFirst()
                .map(known -> new ChainRef(
                        family, known, name.substring(known.toString().length() + 1)))
                .filter(known -> !isHook(known))
                .or(() -> Optional.of(new ChainRef(family, Table.FILTER, name)));
    }

    private static boolean isHook(ChainRef chain) {
        return chain.table() == Table.FILTER && Chains.isHook(chain.chain());
    }

    @Override
    public boolean needsHooks() {
        return true;
    }

    /** Address translation comes behind that of others, as rules appended to iptables' chains do. */
    @Override
    public Optional<Hook> hook(ChainRef chain) {
        Optional<Hook> hook = BaseChains.hook(chain.table(), chain.chain());
        return chain.table() == Table.NAT
                ? hook.map(found -> new Hook(found.type(), found.number(), found.priority() + 1))
                : hook;
    }

    @Override
    public Data tableData() {
        return Comment.of(TABLE_COMMENT);
    }

    @Override
    public Data chainData(ChainRef chain) {
        String comment = COMMENTS.get(name(chain).chain());
        return comment == null ? Data.of() : Comment.of(comment);
    }

    /** All of the table is netd's. */
    @Override
    public boolean isOurs(Data userData) {
        return true;
    }

    @Override
    public RuleBody body(Rule rule) {
        return isHook(ChainRef.of(rule)) ? HOOKS.body(rule) : NativeRule.of(rule);
    }

    @Override
    public Optional<Member> member(Rule rule, KnownMaps maps) {
        Optional<Member> translation = Translations.member(rule, maps);
        if (translation.isPresent()) {
            return translation;
        }
        Optional<Member> hidden = Hidden.member(rule, maps);
        return hidden.isPresent() ? hidden : Gathered.member(rule, maps);
    }

    @Override
    public Optional<Branch> branch(Rule rule, KnownMaps maps) {
        return Branches.of(rule, maps);
    }

    /** Each interface had a set of hidden addresses of its own. */
    @Override
    public Optional<Member> former(Rule rule, KnownMaps maps) {
        return Hidden.member(rule, maps).isPresent() ? Gathered.member(rule, maps) : Optional.empty();
    }

    @Override
    public Optional<Standing> standing(Rule rule, KnownMaps maps) {
        return rule.equals(PublishedPorts.entrance(rule.family()))
                ? Optional.of(Translations.standing(rule.family(), maps))
                : Gathered.standing(rule, maps);
    }

    @Override
    public Optional<MapRule> standingIn(ChainRef chain) {
        return chain.equals(PublishedPorts.chain(chain.family()))
                ? Optional.of(Translations.ports(chain.family()))
                : Optional.empty();
    }
}
