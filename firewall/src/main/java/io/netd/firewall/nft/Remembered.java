package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.RuleBody;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dialect that remembers what it said of the last rules: with each change the same is asked of a rule a dozen times. Not
 * thread-safe.
 */
final class Remembered implements Dialect {
    private static final int MANY = 1000;

    private final Dialect dialect;
    private final Memory<Line> lines = new Memory<>();
    private final Memory<Optional<Member>> members = new Memory<>();
    private final Memory<Optional<Branch>> branches = new Memory<>();
    private final Memory<Optional<Member>> formers = new Memory<>();
    private final Memory<Optional<Standing>> standings = new Memory<>();
    private final Map<SetOf, MapRule> maps = new HashMap<>();

    Remembered(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A set's name says all of it. */
    private record SetOf(IpFamily family, String name) {}

    /** By the very object: to compare rules costs as much as to ask. */
    private static final class Memory<T> {
        private final Map<Rule, T> known = new IdentityHashMap<>();

        T of(Rule rule, Function<Rule, T> source) {
            T found = known.get(rule);
            if (found == null) {
                if (known.size() >= MANY) {
                    known.clear();
                }
                found = source.apply(rule);
                known.put(rule, found);
            }
            return found;
        }
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
        return line(rule).body();
    }

    @Override
    public Line line(Rule rule) {
        return lines.of(rule, dialect::line);
    }

    @Override
    public List<Expression> normalized(List<Expression> expressions) {
        return dialect.normalized(expressions);
    }

    @Override
    public Optional<Member> member(Rule rule) {
        return members.of(rule, asked -> dialect.member(asked).map(member -> known(asked.family(), member)));
    }

    /** With the map that was told before, so that its line is the very object that a chain is known to have. */
    private Member known(IpFamily family, Member member) {
        return new Member(
                known(family, member.map()), member.element(), member.beside().map(part -> known(family, part)));
    }

    private MapRule known(IpFamily family, MapRule map) {
        if (maps.size() >= MANY) {
            maps.clear();
        }
        return maps.computeIfAbsent(new SetOf(family, map.name()), name -> map);
    }

    @Override
    public Optional<Branch> branch(Rule rule) {
        return branches.of(rule, dialect::branch);
    }

    @Override
    public Optional<Member> former(Rule rule) {
        return formers.of(rule, dialect::former);
    }

    @Override
    public Optional<Standing> standing(Rule rule) {
        return standings.of(
                rule,
                asked -> dialect.standing(asked)
                        .map(found -> new Standing(found.example(), known(asked.family(), found.map()))));
    }

    @Override
    public Optional<MapRule> standingIn(ChainRef chain) {
        return dialect.standingIn(chain);
    }
}
