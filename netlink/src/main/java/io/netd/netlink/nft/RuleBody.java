package io.netd.netlink.nft;

import java.util.List;
import java.util.OptionalInt;

/**
 * A rule to be written.
 *
 * @param expressions what it consists of
 * @param protocol the IP protocol it is about, which xtables extensions are checked against, 0 for any; absent where no
 *     such extension can be
 * @param userData what goes with it, such as a {@link Comment}; empty when nothing
 */
public record RuleBody(List<Expression> expressions, OptionalInt protocol, Data userData) {
    /** Copies the list. */
    public RuleBody {
        expressions = List.copyOf(expressions);
    }

    /** A rule as iptables writes it. */
    public static RuleBody iptables(List<Expression> expressions, int protocol) {
        return new RuleBody(expressions, OptionalInt.of(protocol), Data.of());
    }

    /** A rule as {@code nft} writes it, with a comment. */
    public static RuleBody commented(List<Expression> expressions, String comment) {
        return new RuleBody(expressions, OptionalInt.empty(), Comment.of(comment));
    }
}
