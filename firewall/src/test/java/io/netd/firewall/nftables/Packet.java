package io.netd.firewall.nftables;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import java.util.stream.Stream;

/** What rules ask of a TCP packet over IPv4; {@code state} is its connection's, beside DNAT. */
record Packet(String in, String out, IpAddress source, IpAddress destination, int port, CtState state, boolean dnat) {

    /** Whether it meets all conditions of a rule, by their meaning. */
    boolean meets(Rule rule) {
        return rule.matches().stream().allMatch(this::meets);
    }

    private boolean meets(Match match) {
        if (match instanceof Match.Source one) {
            return isIn(source, one.prefix()) != one.negated();
        } else if (match instanceof Match.Destination one) {
            return isIn(destination, one.prefix()) != one.negated();
        } else if (match instanceof Match.InInterface one) {
            return in.equals(one.name()) != one.negated();
        } else if (match instanceof Match.OutInterface one) {
            return out.equals(one.name()) != one.negated();
        } else if (match instanceof Match.DestinationPort one) {
            return one.ports().first() <= port && port <= one.ports().last();
        } else if (match instanceof Match.CtStates one) {
            return one.states().contains(CtState.DNAT) ? dnat : one.states().contains(state);
        } else if (match instanceof Match.Proto one) {
            return one.protocol().number() == 6;
        }
        throw new IllegalArgumentException("nobody says how " + match + " is met");
    }

    private static boolean isIn(IpAddress address, IpPrefix prefix) {
        return new IpPrefix(address, prefix.length()).network().equals(prefix);
    }

    /** Its addresses behind one another, as an IP header has them from byte 12 on. */
    byte[] addresses() {
        byte[] both = new byte[8];
        System.arraycopy(source.bytes(), 0, both, 0, 4);
        System.arraycopy(destination.bytes(), 0, both, 4, 4);
        return both;
    }

    @Override
    public String toString() {
        return String.join(
                " ",
                Stream.of(in, "->", out, source, "->", destination, port, state, dnat ? "dnat" : "")
                        .map(String::valueOf)
                        .toList());
    }
}
