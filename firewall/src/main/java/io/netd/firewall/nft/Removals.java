package io.netd.firewall.nft;

import io.netd.firewall.ChainRef;
import io.netd.netlink.nft.NftBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Takes lines and elements out of the kernel and the view; what is not there is passed over. */
record Removals(HostView view, NftBatch batch) {
    void line(ChainRef chain, Line line) {
        OptionalLong handle = view.state(chain).handle(line);
        if (handle.isPresent()) {
            batch.deleteRule(view.name(chain), handle.getAsLong());
            view.state(chain).remove(line);
        }
    }

    /** Removes an element with the one beside it; false if there is none, or it is another rule's. */
    boolean element(ChainRef chain, Member member) {
        ChainState state = view.state(chain);
        List<Member> present = new ArrayList<>(member.parts());
        present.removeIf(part -> !state.holds(part));
        if (state.isTaken(member) || present.isEmpty()) {
            return false;
        }
        for (Member part : present) {
            batch.deleteElement(view.set(chain, part.map()), part.element());
            state.map(part.map()).remove(part.element());
        }
        return true;
    }
}
