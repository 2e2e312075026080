package io.netd.netlink.wire;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One attribute of a received message. The value is a view of the receive buffer: read it before the next receive.
 *
 * @param type the attribute's number without the nested and byte-order flags
 * @param value a read-only view in native byte order, from 0 to the value's length
 */
public record Attribute(int type, ByteBuffer value) {
    /** An unsigned byte. */
    public int u8() {
        return need(1).get(0) & 0xff;
    }

    /** An unsigned 16-bit number in native byte order. */
    public int u16() {
        return need(2).getShort(0) & 0xffff;
    }

    /** A 32-bit number in native byte order. */
    public int u32() {
        return need(4).getInt(0);
    }

    /** A 64-bit number in native byte order. */
    public long u64() {
        return need(8).getLong(0);
    }

    /** An unsigned 16-bit number in network byte order. */
    public int be16() {
        return network(2).getShort(0) & 0xffff;
    }

    /** A 32-bit number in network byte order. */
    public int be32() {
        return network(4).getInt(0);
    }

    /** A 64-bit number in network byte order. */
    public long be64() {
        return network(8).getLong(0);
    }

    /** Text up to the first NUL, or to the end when there is none. */
    public String text() {
        byte[] all = bytes();
        int end = 0;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return new String(all, 0, end, StandardCharsets.UTF_8);
    }

    /** A copy of the value. */
    public byte[] bytes() {
        byte[] copy = new byte[value.limit()];
        value.get(0, copy);
        return copy;
    }

    /** An IPv4 or IPv6 address, told apart by its length. */
    public IpAddress ip() {
        if (value.limit() != 4 && value.limit() != 16) {
            throw wrongSize("4 or 16");
        }
        return IpAddress.of(bytes());
    }

    /** An Ethernet address. */
    public MacAddress mac() {
        if (value.limit() != 6) {
            throw wrongSize("6");
        }
        return MacAddress.of(bytes());
    }

    /** The attributes inside this one. */
    public Attributes nested() {
        return Attributes.parse(value.duplicate().order(ByteOrder.nativeOrder()));
    }

    private ByteBuffer need(int size) {
        if (value.limit() < size) {
            throw wrongSize(Integer.toString(size));
        }
        return value;
    }

    private ByteBuffer network(int size) {
        return need(size).duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    private MalformedMessageException wrongSize(String expected) {
        return new MalformedMessageException(
                "attribute " + type + " holds " + value.limit() + " bytes, expected " + expected);
    }
}
