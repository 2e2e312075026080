package io.netd.plugins.firewall.dbus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What comes over the bus: an answer, an error, or something for others to read.
 *
 * @param answers the serial number of the call it answers; 0 when it answers none
 * @param isError whether the call was refused
 * @param text its first argument, if that is a text, or a variant that holds one
 * @param truth its first argument, if that is a boolean; false otherwise
 */
record BusReply(int answers, boolean isError, String text, boolean truth) {
    /** Type, flags, version, sizes, serial number and the length of the header fields. */
    static final int FIXED = 16;

    private static final byte ERROR = 3;
    private static final byte REPLY_SERIAL = 5;
    private static final byte SIGNATURE = 8;
    private static final int ORDER_AT = 0;
    private static final int TYPE_AT = 1;
    private static final int BODY_SIZE_AT = 4;
    private static final int FIELDS_SIZE_AT = 12;

    /**
     * Takes the next message from a buffer if it is there as a whole.
     *
     * @throws IllegalArgumentException if it cannot be one, or is longer than the buffer could ever hold
     */
    static Optional<BusReply> next(ByteBuffer in) {
        if (in.remaining() < FIXED) {
            return Optional.empty();
        }
        ByteBuffer message = in.slice()
                .order(in.get(in.position() + ORDER_AT) == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long fields = Integer.toUnsignedLong(message.getInt(FIELDS_SIZE_AT));
        long body = aligned(FIXED + fields);
        long size = body + Integer.toUnsignedLong(message.getInt(BODY_SIZE_AT));
        if (size > in.capacity()) {
            throw new IllegalArgumentException("a message of " + size + " bytes");
        }
        if (message.remaining() < size) {
            return Optional.empty();
        }
        in.position(in.position() + (int) size);
        try {
            return Optional.of(read(message.limit((int) size), FIXED + (int) fields, (int) body));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a message that is cut off", e);
        }
    }

    private static BusReply read(ByteBuffer message, int fieldsEnd, int body) {
        int answers = 0;
        String signature = "";
        message.position(FIXED);
        while (message.position() < fieldsEnd) {
            byte code = message.get();
            String type = signature(message);
            if (type.equals("u")) {
                int number = align(message, Integer.BYTES).getInt();
                answers = code == REPLY_SERIAL ? number : answers;
            } else if (type.equals("g")) {
                String value = signature(message);
                signature = code == SIGNATURE ? value : signature;
            } else if (type.equals("s") || type.equals("o")) {
                text(message);
            } else {
                throw new IllegalArgumentException("a header field of type " + type);
            }
            if (message.position() < fieldsEnd) {
                align(message, Long.BYTES);
            }
        }
        message.position(body);
        return new BusReply(
                answers,
                message.get(TYPE_AT) == ERROR,
                firstText(message, signature),
                signature.startsWith("b") && message.getInt() != 0);
    }

    /** A variant begins with the type of what it holds. */
    private static String firstText(ByteBuffer message, String signature) {
        String type = signature.startsWith("v") ? signature(message) : signature;
        return type.startsWith("s") ? text(message) : "";
    }

    private static String signature(ByteBuffer message) {
        return bytes(message, Byte.toUnsignedInt(message.get()));
    }

    private static String text(ByteBuffer message) {
        return bytes(message, align(message, Integer.BYTES).getInt());
    }

    private static String bytes(ByteBuffer message, int length) {
        if (length < 0 || length >= message.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        message.get(bytes).get();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer align(ByteBuffer message, int alignment) {
        int over = message.position() % alignment;
        return over == 0 ? message : message.position(message.position() + alignment - over);
    }

    private static long aligned(long size) {
        return (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
}
