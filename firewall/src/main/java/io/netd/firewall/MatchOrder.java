package io.netd.firewall;

/** The order in which iptables prints (and iptables-nft encodes) the conditions of a rule. */
final class MatchOrder {
    private MatchOrder() {}

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
        } else if (match instanceof Match.Proto) {
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
