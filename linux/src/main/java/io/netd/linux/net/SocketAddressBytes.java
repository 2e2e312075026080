package io.netd.linux.net;

import static io.netd.linux.sys.Constants.AF_INET;
import static io.netd.linux.sys.Constants.AF_INET6;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** {@code struct sockaddr_in} and {@code sockaddr_in6}: family in native order, port in network order, address. */
final class SocketAddressBytes {
    private static final int IPV4_SIZE = 16;
    private static final int IPV6_SIZE = 28;
    private static final int PORT_OFFSET = 2;

    private SocketAddressBytes() {}

    static byte[] of(IpAddress address, int port) {
        boolean ipv4 = address.family() == IpFamily.IPV4;
        ByteBuffer buffer = ByteBuffer.allocate(ipv4 ? IPV4_SIZE : IPV6_SIZE);
        buffer.order(ByteOrder.nativeOrder()).putShort((short) family(address));
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        // sockaddr_in6 has the flow label before the address.
        return buffer.position(ipv4 ? 4 : 8).put(address.bytes()).array();
    }

    static int family(IpAddress address) {
        return address.family() == IpFamily.IPV4 ? AF_INET : AF_INET6;
    }

    /** Of an IPv6 address. */
    static Endpoint endpoint6(byte[] address) {
        return new Endpoint(IpAddress.of(Arrays.copyOfRange(address, 8, 24)), port(address));
    }

    static int port(byte[] address) {
        return ByteBuffer.wrap(address).getShort(PORT_OFFSET) & 0xffff;
    }

    static byte[] room() {
        return new byte[IPV6_SIZE];
    }
}
