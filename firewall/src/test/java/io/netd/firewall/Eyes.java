package io.netd.firewall;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.testing.ThrowawayNamespace;
import java.util.List;

/** A backend, and how a person with the tools that belong to it sees and changes rules. */
public interface Eyes {
    /** The mark of a stranger's rule. */
    int STRANGER = 0x50;

    /** A backend that writes into this namespace. */
    Backend open(NetworkNamespace namespace);

    /** All rules of both families, one a line, without counters. */
    String saved(ThrowawayNamespace host);

    /** The marks that the rules of a filter chain are about, in order. */
    List<Integer> marks(ThrowawayNamespace host, String chain);

    /** Puts a stranger's rule before all others of a filter chain. */
    void insertMark(ThrowawayNamespace host, String chain);

    /** Deletes the second rule of a filter chain. */
    void deleteSecond(ThrowawayNamespace host, String chain);

    /** Drops what comes from an address, at a filter chain's end. */
    void appendDrop(ThrowawayNamespace host, String chain, String source);

    /** Deletes all rules of a filter chain. */
    void flush(ThrowawayNamespace host, String chain);

    /** Deletes all rules of the filter table, and its chains where that is possible. */
    void flushFilter(ThrowawayNamespace host);

    /** How many packets each rule that mentions all of these words has seen. */
    List<Long> counts(ThrowawayNamespace host, String... words);
}
