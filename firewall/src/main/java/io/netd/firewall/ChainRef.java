package io.netd.firewall;

import io.netd.address.IpFamily;

/** A chain on a host. */
public record ChainRef(IpFamily family, Table table, String chain) {

    /** Returns the chain a rule stands in. */
    public static ChainRef of(Rule rule) {
        return new ChainRef(rule.family(), rule.table(), rule.chain());
    }

    /** As {@link Rule#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ChainRef ref
                        && family == ref.family
                        && table == ref.table
                        && chain.equals(ref.chain);
    }

    /** As {@link Rule#equals}. */
    @Override
    public int hashCode() {
        return 31 * (31 * chain.hashCode() + table.ordinal()) + family.ordinal();
    }
}
