package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.netlink.nft.TraceEvent.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A packet as a hook saw it.
 *
 * @param mark of a TCP packet its flags, of an SCTP packet its first chunk's type, else 0
 */
record SeenPacket(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, int mark) {
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int TCP = 6;
    private static final int SCTP = 132;
    private static final int TCP_FLAGS = 13;
    private static final int FIRST_CHUNK = 12;
    private static final int SYN_ACK = 0x12;
    private static final int RST = 0x04;
    private static final int INIT_ACK = 2;

    /** Reads the headers; empty when they are too short to tell. */
    static Optional<SeenPacket> of(Headers headers) {
        byte[] network = headers.network();
        byte[] transport = headers.transport();
        if (network.length < IPV4 || transport.length < 2 * Short.BYTES) {
            return Optional.empty();
        }
        boolean ipv4 = network[0] >> 4 == 4;
        if (!ipv4 && network.length < IPV6) {
            return Optional.empty();
        }
        int size = ipv4 ? 4 : 16;
        int first = ipv4 ? 12 : 8;
        ByteBuffer ports = ByteBuffer.wrap(transport);
        return Optional.of(new SeenPacket(
                IpAddress.of(Arrays.copyOfRange(network, first, first + size)),
                ports.getShort(0) & 0xffff,
                IpAddress.of(Arrays.copyOfRange(network, first + size, first + 2 * size)),
                ports.getShort(2) & 0xffff,
                mark(network[ipv4 ? 9 : 6] & 0xff, transport)));
    }

    private static int mark(int protocol, byte[] transport) {
        int offset = protocol == TCP ? TCP_FLAGS : FIRST_CHUNK;
        boolean has = (protocol == TCP || protocol == SCTP) && transport.length > offset;
        return has ? transport[offset] & 0xff : 0;
    }

    /** Of an answer: whether somebody listens. */
    boolean accepts(int protocol) {
        return protocol == TCP ? (mark & SYN_ACK) == SYN_ACK : protocol != SCTP || mark == INIT_ACK;
    }

    /** Of an answer to a TCP probe: whether the connection is refused. */
    boolean resets() {
        return (mark & RST) != 0;
    }

    boolean hasSameEnds(SeenPacket other) {
        return from().equals(other.from()) && to().equals(other.to());
    }

    String from() {
        return text(source, sourcePort);
    }

    String to() {
        return text(destination, destinationPort);
    }

    static String text(IpAddress address, int port) {
        String host = address.toString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
