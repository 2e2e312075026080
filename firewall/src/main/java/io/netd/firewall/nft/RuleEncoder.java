package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.firewall.Match;
import io.netd.firewall.Rule;
import io.netd.netlink.nft.Bitwise;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.Payload;
import io.netd.netlink.nft.Range;
import io.netd.netlink.nft.RuleBody;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Turns a rule into the expressions that {@code iptables-nft -A} makes of it. */
final class RuleEncoder {
    private final List<Expression> out = new ArrayList<>();
    private final IpFamily family;
    private final OptionalInt protocol;
    private final List<Match> matches;

    private RuleEncoder(Rule rule) {
        this.family = rule.family();
        this.matches = rule.matches();
        this.protocol = protocol();
    }

    static RuleBody encode(Rule rule) {
        RuleEncoder encoder = new RuleEncoder(rule);
        encoder.header();
        encoder.extensions();
        rule.comment().ifPresent(text -> encoder.out.add(XtExtensions.comment(text)));
        encoder.out.add(new Counter());
        encoder.out.add(TargetEncoder.encode(rule.family(), rule.target()));
        return RuleBody.iptables(encoder.out, encoder.protocol.orElse(0));
    }

    /** iptables-nft writes interfaces, then the protocol, then addresses, whatever the order of the command's words. */
    private void header() {
        find(Match.InInterface.class)
                .ifPresent(match -> name(NfTables.NFT_META_IIFNAME, match.name(), match.negated()));
        find(Match.OutInterface.class)
                .ifPresent(match -> name(NfTables.NFT_META_OIFNAME, match.name(), match.negated()));
        protocol.ifPresent(number -> {
            out.add(new Meta(NfTables.NFT_META_L4PROTO));
            out.add(new Cmp(false, Data.of((byte) number)));
        });
        boolean v4 = family == IpFamily.IPV4;
        find(Match.Source.class).ifPresent(match -> prefix(v4 ? 12 : 8, match.prefix(), match.negated()));
        find(Match.Destination.class).ifPresent(match -> prefix(v4 ? 16 : 24, match.prefix(), match.negated()));
    }

    private OptionalInt protocol() {
        return Stream.concat(
                        find(Match.Proto.class).map(match -> match.protocol().number()).stream(),
                        find(Match.Icmp.class).map(match -> match.number(family)).stream())
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private void extensions() {
        Optional<PortRange> source = find(Match.SourcePort.class).map(Match.SourcePort::ports);
        Optional<PortRange> destination = find(Match.DestinationPort.class).map(Match.DestinationPort::ports);
        if (protocol.equals(OptionalInt.of(Protocol.SCTP.number()))
                && (source.isPresent() || destination.isPresent())) {
            out.add(XtExtensions.sctp(source, destination));
        } else {
            source.ifPresent(ports -> ports(0, ports));
            destination.ifPresent(ports -> ports(2, ports));
        }
        find(Match.Mark.class).ifPresent(this::mark);
        find(Match.CtStates.class).ifPresent(match -> out.add(XtExtensions.conntrack(match)));
        Optional<Match.SourceType> sourceType = find(Match.SourceType.class);
        Optional<Match.DestinationType> destinationType = find(Match.DestinationType.class);
        if (sourceType.isPresent() || destinationType.isPresent()) {
            out.add(XtExtensions.addrtype(sourceType, destinationType));
        }
    }

    private void name(int key, String name, boolean negated) {
        out.add(new Meta(key));
        out.add(new Cmp(negated, Data.of((name + '\0').getBytes(StandardCharsets.UTF_8))));
    }

    /** A prefix of whole bytes is compared by its bytes, any other under a mask. */
    private void prefix(int offset, IpPrefix prefix, boolean negated) {
        byte[] address = prefix.address().bytes();
        boolean wholeBytes = prefix.length() % Byte.SIZE == 0;
        int length = wholeBytes ? prefix.length() / Byte.SIZE : address.length;
        out.add(new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, offset, length));
        if (!wholeBytes) {
            out.add(new Bitwise(Data.of(mask(address.length, prefix.length()))));
        }
        out.add(new Cmp(negated, Data.of(Arrays.copyOf(address, length))));
    }

    private static byte[] mask(int bytes, int length) {
        byte[] mask = new byte[bytes];
        for (int bit = 0; bit < length; bit++) {
            mask[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return mask;
    }

    private void ports(int offset, PortRange ports) {
        out.add(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, offset, 2));
        Data first = port(ports.first());
        out.add(ports.size() == 1 ? new Cmp(false, first) : new Range(first, port(ports.last())));
    }

    private static Data port(int port) {
        return Data.of((byte) (port >> Byte.SIZE), (byte) port);
    }

    private void mark(Match.Mark mark) {
        out.add(new Meta(NfTables.NFT_META_MARK));
        if (mark.mask() != -1) {
            out.add(new Bitwise(host(mark.mask())));
        }
        out.add(new Cmp(false, host(mark.value())));
    }

    private static Data host(int number) {
        return Data.of(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array());
    }

    private <T extends Match> Optional<T> find(Class<T> kind) {
        for (Match match : matches) {
            if (kind.isInstance(match)) {
                return Optional.of(kind.cast(match));
            }
        }
        return Optional.empty();
    }
}
