package io.netd.firewall;

import io.netd.address.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One desired rule. Two equal rules of two owners stand in the kernel once.
 *
 * @param family which of iptables and ip6tables it belongs to
 * @param table the table
 * @param chain a built-in chain, one of netd's own or a common one, or a hook of somebody else's
 * @param rank order among netd's rules in the chain, ascending. Ranks below 0 stand before everybody else's rules, the
 *     others after the rules that are there when they are added, in a hook of somebody else's after all that ever are
 * @param matches the conditions, all of which a packet must meet; sorted into iptables' order, equal ones once
 * @param target what happens to the packet
 * @param comment {@code -m comment --comment}, at most 255 bytes
 * @param framework where it has to stand; absent where the host's usual framework will do
 */
public record Rule(
        IpFamily family,
        Table table,
        String chain,
        int rank,
        List<Match> matches,
        Target target,
        Optional<String> comment,
        Optional<Framework> framework) {

    private static final int XT_MAX_COMMENT_LEN = 256;

    /**
     * Checks and sorts.
     *
     * @throws IllegalArgumentException if the rule makes no sense, naming why
     */
    public Rule {
        Chains.check(chain);
        if (!Chains.takesRules(chain)) {
            throw new IllegalArgumentException("chain " + chain + " belongs to somebody else");
        }
        matches = MatchOrder.sorted(matches);
        comment.ifPresent(Rule::checkComment);
        RuleCheck.check(family, table, matches, target);
    }

    /** Starts a rule in a chain, for {@link Draft#when} and {@link Draft#then}. */
    public static Draft in(IpFamily family, Table table, String chain, int rank) {
        return new Draft(family, table, chain, rank, List.of(), Optional.empty());
    }

    /**
     * Returns the common chain whose frame this rule is part of: it concerns every packet, so it belongs to no single
     * container, and stays while anybody's rules stand in the chain.
     */
    public Optional<ChainRef> frameOf() {
        if (!matches.isEmpty()) {
            return Optional.empty();
        }
        if (Chains.isCommon(chain)) {
            return Optional.of(ChainRef.of(this));
        }
        return target instanceof Target.Jump jump && Chains.isCommon(jump.chain())
                ? Optional.of(new ChainRef(family, table, jump.chain()))
                : Optional.empty();
    }

    /** The same rule, to stand there. */
    public Rule in(Optional<Framework> where) {
        return framework.equals(where) ? this : new Rule(family, table, chain, rank, matches, target, comment, where);
    }

    /** The same rule, wherever it stands. */
    public Rule plain() {
        return in(Optional.empty());
    }

    /** Whether such a rule may be there already, written by another program and meant for netd as well. */
    public boolean isCommon() {
        return Chains.isCommon(chain) || frameOf().isPresent();
    }

    /** Returns this rule as words of an iptables command, without command and {@code -A chain}. */
    public List<String> words() {
        return RuleWords.of(this);
    }

    /** Returns this rule as a line of iptables-save: {@code -A chain ...}. */
    public String line() {
        return RuleWords.line(this);
    }

    /** netd's JVM makes slow calls of what a record generates, and a rule is looked up a dozen times with each change. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Rule rule
                        && rank == rule.rank
                        && family == rule.family
                        && table == rule.table
                        && chain.equals(rule.chain)
                        && target.equals(rule.target)
                        && matches.equals(rule.matches)
                        && comment.equals(rule.comment)
                        && framework.equals(rule.framework);
    }

    /** See {@link #equals}. */
    @Override
    public int hashCode() {
        return 31 * (31 * matches.hashCode() + target.hashCode()) + chain.hashCode();
    }

    @Override
    public String toString() {
        return "-t " + table + " " + line();
    }

    private static void checkComment(String comment) {
        boolean bad = comment.length() >= XT_MAX_COMMENT_LEN
                || comment.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\');
        if (bad) {
            throw new IllegalArgumentException("invalid comment: " + comment);
        }
    }

    /** A rule without its target yet. */
    public record Draft(
            IpFamily family, Table table, String chain, int rank, List<Match> matches, Optional<String> comment) {

        /** Adds conditions. */
        public Draft when(Match... more) {
            List<Match> all = new ArrayList<>(matches);
            all.addAll(List.of(more));
            return new Draft(family, table, chain, rank, List.copyOf(all), comment);
        }

        /** Adds a comment. */
        public Draft comment(String text) {
            return new Draft(family, table, chain, rank, matches, Optional.of(text));
        }

        /** Completes the rule. */
        public Rule then(Target target) {
            return new Rule(family, table, chain, rank, matches, target, comment, Optional.empty());
        }
    }
}
