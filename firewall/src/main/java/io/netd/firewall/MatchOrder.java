package io.netd.firewall;

import java.util.Comparator;
import java.util.List;

/** The order in which iptables prints (and iptables-nft encodes) the conditions of a rule. */
final class MatchOrder {
    private MatchOrder() {}

    /** The conditions that say something, each once, in their order. */
    static List<Match> sorted(List<Match> matches) {
        return isSorted(matches)
                ? List.copyOf(matches)
                : matches.stream()
                        .filter(match -> !isAlwaysMet(match))
                        .distinct()
                        .sorted(Comparator.comparingInt(MatchOrder::of))
                        .toList();
    }

    /** Those of a rule that stands in another framework now. */
    private static boolean isSorted(List<Match> matches) {
        int last = -1;
        for (Match match : matches) {
            int order = of(match);
            if (order <= last || isAlwaysMet(match)) {
                return false;
            }
            last = order;
        }
        return true;
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
