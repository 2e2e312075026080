package io.netd.firewall.nftables;

import io.netd.address.IpFamily;
import io.netd.netlink.nft.Data;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where things stand in headers, and how they look in registers. */
final class Headers {
    static final int SOURCE_PORT = 0;
    static final int DESTINATION_PORT = 2;

    private static final int IFNAMSIZ = 16;

    private Headers() {}

    static int source(IpFamily family) {
        return family == IpFamily.IPV4 ? 12 : 8;
    }

    static int destination(IpFamily family) {
        return family == IpFamily.IPV4 ? 16 : 24;
    }

    static Data interfaceName(String name) {
        return Data.of(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), IFNAMSIZ));
    }

    static Data port(int port) {
        return Data.of((byte) (port >> Byte.SIZE), (byte) port);
    }

    /** A number in the host's byte order. */
    static Data host(int number) {
        return Data.of(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array());
    }

    /** The mask of a prefix. */
    static Data mask(int bytes, int length) {
        byte[] mask = new byte[bytes];
        for (int bit = 0; bit < length; bit++) {
            mask[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return Data.of(mask);
    }
}
