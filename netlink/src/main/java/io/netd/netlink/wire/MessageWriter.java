package io.netd.netlink.wire;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes one message or a batch of them into one buffer that grows. {@link #begin} starts a message and thereby ends the one before.
 * Methods with one argument write fields of the family header, those with an attribute number write an attribute. Not thread-safe.
 */
public final class MessageWriter {
    private static final int NONE = -1;
    private static final int MAX_ATTRIBUTE = 0xffff;

    private final Deque<Integer> nests = new ArrayDeque<>();
    private ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
    private int start = NONE;
    private int count;

    /** Starts a message; sequence and port are filled in by the socket that sends it. */
    public MessageWriter begin(int type, int flags) {
        end();
        start = buffer.position();
        count++;
        return u32(0).u16(type).u16(flags).u32(0).u32(0);
    }

    /** The number of messages begun so far. */
    public int count() {
        return count;
    }

    /** The finished batch as a view from 0 to its length. Writing may go on afterwards. */
    public ByteBuffer finish() {
        end();
        return buffer.duplicate().flip().order(ByteOrder.nativeOrder());
    }

    /** A byte. */
    public MessageWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    /** A 16-bit number in native byte order. */
    public MessageWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    /** A 16-bit number in network byte order. */
    public MessageWriter be16(int value) {
        return u8(value >> 8).u8(value);
    }

    /** A 32-bit number in native byte order. */
    public MessageWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    /** A 32-bit number in network byte order. */
    public MessageWriter be32(int value) {
        return be16(value >> 16).be16(value);
    }

    /** Bytes as they are. */
    public MessageWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** An attribute of one byte. */
    public MessageWriter u8(int attribute, int value) {
        return header(attribute, 1).u8(value).pad();
    }

    /** An attribute of 16 bits in native byte order. */
    public MessageWriter u16(int attribute, int value) {
        return header(attribute, 2).u16(value).pad();
    }

    /** An attribute of 16 bits in network byte order. */
    public MessageWriter be16(int attribute, int value) {
        return header(attribute, 2).be16(value).pad();
    }

    /** An attribute of 32 bits in native byte order. */
    public MessageWriter u32(int attribute, int value) {
        return header(attribute, 4).u32(value);
    }

    /** An attribute of 32 bits in network byte order. */
    public MessageWriter be32(int attribute, int value) {
        return header(attribute, 4).be32(value);
    }

    /** An attribute of 64 bits in native byte order. */
    public MessageWriter u64(int attribute, long value) {
        header(attribute, 8).room(8).putLong(value);
        return this;
    }

    /** An attribute of 64 bits in network byte order. */
    public MessageWriter be64(int attribute, long value) {
        return header(attribute, 8).be32((int) (value >> 32)).be32((int) value);
    }

    /** An attribute of text with the closing NUL that the kernel's {@code NLA_NUL_STRING} asks for. */
    public MessageWriter text(int attribute, String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return header(attribute, encoded.length + 1).bytes(encoded).u8(0).pad();
    }

    /** An attribute of bytes as they are. */
    public MessageWriter bytes(int attribute, byte[] value) {
        return header(attribute, value.length).bytes(value).pad();
    }

    /** An address in network byte order. */
    public MessageWriter ip(int attribute, IpAddress value) {
        return bytes(attribute, value.bytes());
    }

    /** An attribute with an Ethernet address. */
    public MessageWriter mac(int attribute, MacAddress value) {
        return bytes(attribute, value.bytes());
    }

    /** An attribute that says something by being there. */
    public MessageWriter flag(int attribute) {
        return header(attribute, 0);
    }

    /** Opens a nested attribute; what follows is inside until {@link #unnest}. */
    public MessageWriter nest(int attribute) {
        nests.push(buffer.position());
        return header(attribute | Netlink.NLA_F_NESTED, 0);
    }

    /** Closes the innermost nested attribute. */
    public MessageWriter unnest() {
        int at = nests.pop();
        buffer.putShort(at, (short) fitting(buffer.position() - at));
        return this;
    }

    /** Fills up to the next multiple of 4 bytes. */
    public MessageWriter pad() {
        int missing = Netlink.align(buffer.position()) - buffer.position();
        return bytes(new byte[missing]);
    }

    private void end() {
        if (!nests.isEmpty()) {
            throw new IllegalStateException(nests.size() + " nested attributes left open");
        }
        if (start != NONE) {
            buffer.putInt(start, buffer.position() - start);
            pad();
            start = NONE;
        }
    }

    private MessageWriter header(int attribute, int length) {
        return u16(fitting(4 + length)).u16(attribute);
    }

    private static int fitting(int length) {
        if (length > MAX_ATTRIBUTE) {
            throw new IllegalStateException("an attribute of " + length + " bytes; at most " + MAX_ATTRIBUTE);
        }
        return length;
    }

    private ByteBuffer room(int size) {
        if (buffer.remaining() < size) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + size);
            buffer =
                    ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
        }
        return buffer;
    }
}
