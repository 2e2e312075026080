package io.netd.netlink.nft;

import java.util.List;

/**
 * A transaction that somebody committed.
 *
 * @param generation the number of the rules' state that it made
 * @param events what it did, in its order
 */
public record NftTransaction(int generation, List<NftEvent> events) {
    /** Copies the list. */
    public NftTransaction {
        events = List.copyOf(events);
    }
}
