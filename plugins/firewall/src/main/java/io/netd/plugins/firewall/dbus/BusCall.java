package io.netd.plugins.firewall.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A method call with texts as arguments.
 *
 * @param destination the bus name of the program that is called
 * @param path its object
 * @param owner the interface that has the method
 * @param member the method
 * @param arguments texts without NUL
 */
public record BusCall(String destination, String path, String owner, String member, List<String> arguments) {
    private static final byte METHOD_CALL = 1;
    private static final byte NO_AUTO_START = 2;
    private static final byte PROTOCOL = 1;

    /** Header fields: DBUS_HEADER_FIELD_*. */
    private static final byte PATH = 1;

    private static final byte INTERFACE = 2;
    private static final byte MEMBER = 3;
    private static final byte DESTINATION = 6;
    private static final byte SIGNATURE = 8;

    /** More than header, fields and padding take besides their texts. */
    private static final int OVERHEAD = 256;

    private static final int MAX_BYTES_OF_CHAR = 4;
    private static final int FIELDS_AT = 12;

    /** Keeps a copy. */
    public BusCall {
        arguments = List.copyOf(arguments);
    }

    /** The message as it goes over the wire. */
    ByteBuffer encode(int serial) {
        ByteBuffer body = body();
        ByteBuffer out = ByteBuffer.allocate(OVERHEAD
                        + MAX_BYTES_OF_CHAR * (destination.length() + path.length() + owner.length() + member.length())
                        + body.remaining())
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'l').put(METHOD_CALL).put(NO_AUTO_START).put(PROTOCOL);
        out.putInt(body.remaining()).putInt(serial).putInt(0);
        int start = out.position();
        field(out, PATH, 'o', path);
        field(out, INTERFACE, 's', owner);
        field(out, MEMBER, 's', member);
        field(out, DESTINATION, 's', destination);
        if (!arguments.isEmpty()) {
            pad(out, Long.BYTES);
            out.put(SIGNATURE).put((byte) 1).put((byte) 'g').put((byte) 0);
            out.put((byte) arguments.size())
                    .put("s".repeat(arguments.size()).getBytes(StandardCharsets.US_ASCII))
                    .put((byte) 0);
        }
        out.putInt(FIELDS_AT, out.position() - start);
        pad(out, Long.BYTES);
        return out.put(body).flip();
    }

    private ByteBuffer body() {
        int size = arguments.stream()
                .mapToInt(text -> MAX_BYTES_OF_CHAR * text.length() + 2 * Integer.BYTES)
                .sum();
        ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        arguments.forEach(text -> text(body, text));
        return body.flip();
    }

    private static void field(ByteBuffer out, byte code, char type, String text) {
        pad(out, Long.BYTES);
        out.put(code).put((byte) 1).put((byte) type).put((byte) 0);
        text(out, text);
    }

    private static void text(ByteBuffer out, String text) {
        pad(out, Integer.BYTES);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes).put((byte) 0);
    }

    private static void pad(ByteBuffer out, int alignment) {
        while (out.position() % alignment != 0) {
            out.put((byte) 0);
        }
    }

    @Override
    public String toString() {
        return member + arguments;
    }
}
