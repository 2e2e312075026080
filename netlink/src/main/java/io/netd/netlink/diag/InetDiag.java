package io.netd.netlink.diag;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** {@code linux/inet_diag.h}: requests for the sockets of a port and their answers. Pure. */
final class InetDiag {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int INET_DIAG_SKV6ONLY = 11;
    private static final int INET_DIAG_MSG = 72;
    private static final int PORT = 4;
    private static final int SOURCE = 8;
    private static final int UID = 64;
    private static final int INODE = 68;

    private static final int TCP_ESTABLISHED = 1 << 1;
    private static final int TCP_CLOSE = 1 << 7;
    private static final int TCP_LISTEN = 1 << 10;
    /** Addresses, interface and an unset cookie after the ports. */
    private static final int REST_OF_ID = 36;

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private InetDiag() {}

    static MessageWriter request(int family, Protocol protocol, int port) {
        MessageWriter writer =
                new MessageWriter().begin(SOCK_DIAG_BY_FAMILY, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        writer.u8(family).u8(protocol.number()).u8(0).u8(0).u32(states(protocol));
        return writer.be16(port).be16(0).bytes(new byte[REST_OF_ID]).u32(-1).u32(-1);
    }

    /** A datagram socket has no listening state: bound is closed, connected is established. */
    private static int states(Protocol protocol) {
        return protocol == Protocol.UDP ? TCP_CLOSE | TCP_ESTABLISHED : TCP_LISTEN;
    }

    static Optional<SocketInfo> decode(Message message, Protocol protocol) {
        if (message.type() != SOCK_DIAG_BY_FAMILY || message.payload().limit() < INET_DIAG_MSG) {
            return Optional.empty();
        }
        ByteBuffer payload = message.payload();
        int port = (payload.get(PORT) & 0xff) << 8 | payload.get(PORT + 1) & 0xff;
        boolean isV6Only = message.attributes(INET_DIAG_MSG)
                .find(INET_DIAG_SKV6ONLY)
                .map(Attribute::u8)
                .filter(value -> value != 0)
                .isPresent();
        long inode = Integer.toUnsignedLong(payload.getInt(INODE));
        return Optional.of(new SocketInfo(protocol, source(payload), port, isV6Only, inode, payload.getInt(UID)));
    }

    /** An IPv6 socket bound to ::ffff:a.b.c.d is an IPv4 one in all but name; the JVM's own sockets are. */
    private static IpAddress source(ByteBuffer payload) {
        byte[] address = new byte[payload.get(0) == AF_INET ? V4 : V6];
        payload.get(SOURCE, address);
        boolean isMapped = address.length == V6 && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return IpAddress.of(isMapped ? Arrays.copyOfRange(address, MAPPED.length, V6) : address);
    }
}
