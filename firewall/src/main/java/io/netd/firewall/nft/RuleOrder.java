package io.netd.firewall.nft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The order in which the new lines of one batch are written. */
final class RuleOrder {
    private RuleOrder() {}

    /** Whether the line stands before other people's rules. */
    static boolean comesBeforeOthers(Line line) {
        return line.rank() < 0;
    }

    /**
     * Returns the lines in an order in which each finds its place next to lines that are already there: those that are
     * put at the front (or after a given line) backwards, those at the end (or before a given line) forwards.
     */
    static List<Placing> forWriting(Collection<Placing> lines) {
        List<Placing> front = new ArrayList<>();
        List<Placing> back = new ArrayList<>();
        lines.forEach(placing -> (comesBeforeOthers(placing.line()) ? front : back).add(placing));
        Comparator<Placing> byRank =
                Comparator.comparingInt(placing -> placing.line().rank());
        front.sort(byRank);
        back.sort(byRank);
        Collections.reverse(front);
        front.addAll(back);
        return front;
    }
}
