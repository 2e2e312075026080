package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.RuleBody;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dialect that remembers what it said of the last rules: with each change the same is asked of a rule a dozen times. Not
 * thread-safe.
 */
final class Remembered extends PassingDialect {
    private static final int MANY = 1000;

    private final Memory<Line> lines = new Memory<>();
    private final Memory<Optional<Member>> members = new Memory<>();
    private final Memory<Optional<Branch>> branches = new Memory<>();
    private final Memory<Optional<Member>> formers = new Memory<>();
    private final Memory<Optional<Standing>> standings = new Memory<>();
    private final Map<SetOf, MapRule> maps = new HashMap<>();

    Remembered(Dialect dialect) {
        super(dialect);
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
    public RuleBody body(Rule rule) {
        return line(rule).body();
    }

    @Override
    public Line line(Rule rule) {
        return lines.of(rule, asked -> new Line(asked.rank(), super.body(asked)));
    }

    @Override
    public Optional<Member> member(Rule rule) {
        return members.of(rule, asked -> super.member(asked).map(member -> known(asked.family(), member)));
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
        return branches.of(rule, super::branch);
    }

    @Override
    public Optional<Member> former(Rule rule) {
        return formers.of(rule, super::former);
    }

    @Override
    public Optional<Standing> standing(Rule rule) {
        return standings.of(
                rule,
                asked -> super.standing(asked)
                        .map(found -> new Standing(found.example(), known(asked.family(), found.map()))));
    }
}
