package io.netd.firewall.nft;

import io.netd.netlink.nft.RuleBody;

/**
 * A rule as it stands in a chain of the kernel. Compared by content; a record would go through all of the body whenever a
 * chain is asked for it.
 */
public final class Line {
    private final int rank;
    private final RuleBody body;
    private final int hash;

    /**
     * A line to come, or one that was read.
     *
     * @param rank its order among netd's lines in the chain, as {@link io.netd.firewall.Rule#rank()}
     * @param body what it consists of
     */
    public Line(int rank, RuleBody body) {
        this.rank = rank;
        this.body = body;
        this.hash = 31 * body.hashCode() + rank;
    }

    /** Its order among netd's lines in the chain. */
    public int rank() {
        return rank;
    }

    /** What it consists of. */
    public RuleBody body() {
        return body;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Line line && hash == line.hash && rank == line.rank && body.equals(line.body);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return rank + ": " + body;
    }
}
