package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.firewall.Rule;
import io.netd.firewall.Target;
import java.util.Optional;

/** A rule as a dialect writes it, found once: with each change it is asked for a dozen times. Not thread-safe. */
final class Form {
    private final Dialect dialect;
    private final Rule rule;
    private final ChainRef chain;
    private final Optional<ChainRef> jump;
    private final Optional<Branch> branch;
    private final Optional<Member> member;
    private final Optional<Member> former;
    private final Optional<Standing> standing;

    /** Most rules that are elements are never asked for it. */
    private Optional<Line> line = Optional.empty();

    Form(Rule rule, Dialect dialect, KnownMaps maps) {
        this.dialect = dialect;
        this.rule = rule;
        this.chain = ChainRef.of(rule);
        this.jump = rule.target() instanceof Target.Jump to
                ? Optional.of(new ChainRef(rule.family(), rule.table(), to.chain()))
                : Optional.empty();
        this.branch = dialect.branch(rule, maps);
        this.member = dialect.member(rule, maps);
        this.former = dialect.former(rule, maps);
        this.standing = dialect.standing(rule, maps);
    }

    Rule rule() {
        return rule;
    }

    /** The chain that the rule names. */
    ChainRef chain() {
        return chain;
    }

    /** The chain to which it jumps. */
    Optional<ChainRef> jump() {
        return jump;
    }

    /** See {@link Dialect#branch}. */
    Optional<Branch> branch() {
        return branch;
    }

    /** The chain of the kernel in which the rule stands. */
    ChainRef place() {
        return branch.isPresent() ? branch.get().chain() : chain;
    }

    /** See {@link Dialect#member}. */
    Optional<Member> member() {
        return member;
    }

    /** See {@link Dialect#former}. */
    Optional<Member> former() {
        return former;
    }

    /** See {@link Dialect#standing}. */
    Optional<Standing> standing() {
        return standing;
    }

    /** The rule with its rank as a line of its chain. */
    Line line() {
        if (line.isEmpty()) {
            line = Optional.of(new Line(rule.rank(), dialect.body(rule)));
        }
        return line.get();
    }
}
