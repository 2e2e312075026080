package io.netd.netlink.nft;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a transaction led to.
 *
 * @param generation the generation of the rules it made; absent when the kernel did not tell
 * @param handles the handles of the rules it added, in the order in which they were added
 */
public record Committed(OptionalInt generation, List<Long> handles) {
    /** Copies the list. */
    public Committed {
        handles = List.copyOf(handles);
    }
}
