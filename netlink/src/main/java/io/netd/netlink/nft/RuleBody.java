package io.netd.netlink.nft;

import java.util.List;

/**
 * A rule to be written.
 *
 * @param expressions what it consists of
 * @param protocol the IP protocol it is about, which xtables extensions are checked against; 0 for any
 */
public record RuleBody(List<Expression> expressions, int protocol) {
    /** Copies the list. */
    public RuleBody {
        expressions = List.copyOf(expressions);
    }
}
