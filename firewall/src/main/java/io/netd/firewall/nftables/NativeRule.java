package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.Bitwise;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Comment;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Ct;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Fib;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.Payload;
import io.netd.netlink.nft.Range;
import io.netd.netlink.nft.RuleBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Turns a rule into the expressions that {@code nft} would make of it. */
final class NativeRule {
    private final List<Expression> out = new ArrayList<>();
    private final IpFamily family;

    private NativeRule(IpFamily family) {
        this.family = family;
    }

    static RuleBody of(Rule rule) {
        List<Expression> all = new ArrayList<>(conditions(rule.family(), rule.matches()));
        all.add(new Counter());
        all.addAll(Verdicts.of(rule));
        return rule.comment()
                .map(text -> RuleBody.commented(all, text.substring(0, Math.min(text.length(), Comment.MAX))))
                .orElseGet(() -> new RuleBody(all, OptionalInt.empty(), Data.of()));
    }

    /** Conditions alone, in their order. */
    static List<Expression> conditions(IpFamily family, List<Match> matches) {
        NativeRule encoder = new NativeRule(family);
        matches.forEach(encoder::match);
        return encoder.out;
    }

    private void match(Match match) {
        if (match instanceof Match.Source source) {
            prefix(Headers.source(family), source.prefix(), source.negated());
        } else if (match instanceof Match.Destination destination) {
            prefix(Headers.destination(family), destination.prefix(), destination.negated());
        } else if (match instanceof Match.InInterface in) {
            name(NfTables.NFT_META_IIFNAME, in.name(), in.negated());
        } else if (match instanceof Match.OutInterface interfaceOut) {
            name(NfTables.NFT_META_OIFNAME, interfaceOut.name(), interfaceOut.negated());
        } else if (match instanceof Match.Proto proto) {
            protocol(proto.protocol().number());
        } else if (match instanceof Match.Icmp icmp) {
            protocol(icmp.number(family));
        } else {
            extension(match);
        }
    }

    private void extension(Match match) {
        if (match instanceof Match.SourcePort port) {
            ports(Headers.SOURCE_PORT, port.ports());
        } else if (match instanceof Match.DestinationPort port) {
            ports(Headers.DESTINATION_PORT, port.ports());
        } else if (match instanceof Match.Mark mark) {
            out.add(new Meta(NfTables.NFT_META_MARK));
            if (mark.mask() != -1) {
                out.add(new Bitwise(Headers.host(mark.mask())));
            }
            out.add(new Cmp(false, Headers.host(mark.value())));
        } else if (match instanceof Match.CtStates states) {
            states(states);
        } else if (match instanceof Match.SourceType source) {
            type(true, source.type().number(), source.negated());
        } else if (match instanceof Match.DestinationType destination) {
            type(false, destination.type().number(), destination.negated());
        }
    }

    private void protocol(int number) {
        out.add(new Meta(NfTables.NFT_META_L4PROTO));
        out.add(new Cmp(false, Data.of((byte) number)));
    }

    private void name(int key, String name, boolean negated) {
        out.add(new Meta(key));
        out.add(new Cmp(negated, Headers.interfaceName(name)));
    }

    /** A prefix of whole bytes is compared by its bytes, any other under a mask. */
    private void prefix(int offset, IpPrefix prefix, boolean negated) {
        byte[] address = prefix.address().bytes();
        boolean wholeBytes = prefix.length() % Byte.SIZE == 0 && prefix.length() > 0;
        int length = wholeBytes ? prefix.length() / Byte.SIZE : address.length;
        out.add(new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, offset, length));
        if (!wholeBytes) {
            out.add(new Bitwise(Headers.mask(address.length, prefix.length())));
        }
        out.add(new Cmp(negated, Data.of(Arrays.copyOf(address, length))));
    }

    private void ports(int offset, PortRange ports) {
        out.add(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, offset, 2));
        Data first = Headers.port(ports.first());
        out.add(ports.size() == 1 ? new Cmp(false, first) : new Range(first, Headers.port(ports.last())));
    }

    private void states(Match.CtStates match) {
        int bits = match.states().stream().mapToInt(NativeRule::bit).reduce(0, (all, bit) -> all | bit);
        boolean translated = match.states().contains(CtState.DNAT);
        out.add(new Ct(translated ? NfTables.NFT_CT_STATUS : NfTables.NFT_CT_STATE));
        out.add(new Bitwise(Headers.host(bits)));
        out.add(new Cmp(true, Headers.host(0)));
    }

    /** NF_CT_STATE_BIT and IPS_DST_NAT. */
    private static int bit(CtState state) {
        return switch (state) {
            case INVALID -> 1;
            case ESTABLISHED -> 1 << 1;
            case RELATED -> 1 << 2;
            case NEW -> 1 << 3;
            case UNTRACKED -> 1 << 6;
            case DNAT -> 1 << 5;
        };
    }

    private void type(boolean source, int number, boolean negated) {
        out.add(new Fib(source));
        out.add(new Cmp(negated, Headers.host(number)));
    }
}
