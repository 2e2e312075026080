package io.netd.firewall;

import java.util.ArrayList;
import java.util.List;

/** The order in which iptables prints (and iptables-nft encodes) the conditions of a rule. */
final class MatchOrder {
    private MatchOrder() {}

    /** The conditions that say something, each once, in their order. */
    static List<Match> sorted(List<Match> matches) {
        List<Match> sorted = new ArrayList<>(matches.size());
        for (Match match : matches) {
            if (!isAlwaysMet(match) && !sorted.contains(match)) {
                sorted.add(place(sorted, match), match);
            }
        }
        return List.copyOf(sorted);
    }

    /** Mostly the end: rules are written in this order. */
    private static int place(List<Match> sorted, Match match) {
        int order = of(match);
        int place = sorted.size();
        while (place > 0 && of(sorted.get(place - 1)) > order) {
            place--;
        }
        return place;
    }

    /** Whether a condition says nothing: iptables leaves out {@code -s 0.0.0.0/0}. */
    static boolean isAlwaysMet(Match match) {
        if (match instanceof Match.Source source) {
            return !source.negated() && source.prefix().length() == 0;
        }
        return match instanceof Match.Destination destination
                && !destination.negated()
                && destination.prefix().length() == 0;
    }

    static int of(Match match) {
        if (match instanceof Match.Source) {
            return 0;
        } else if (match instanceof Match.Destination) {
            return 1;
        } else if (match instanceof Match.InInterface) {
            return 2;
        } else if (match instanceof Match.OutInterface) {
            return 3;
        } else if (match instanceof Match.Proto || match instanceof Match.Icmp) {
            return 4;
        } else if (match instanceof Match.SourcePort) {
            return 5;
        } else if (match instanceof Match.DestinationPort) {
            return 6;
        } else if (match instanceof Match.Mark) {
            return 7;
        } else if (match instanceof Match.CtStates) {
            return 8;
        }
        return match instanceof Match.SourceType ? 9 : 10;
    }
}
