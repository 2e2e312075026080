package io.netd.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Splits a datagram into its messages. */
public final class MessageReader {
    private MessageReader() {}

    /**
     * The messages from the buffer's position to its limit, as views of that buffer.
     *
     * @throws MalformedMessageException when a length points outside
     */
    public static List<Message> split(ByteBuffer datagram) {
        List<Message> messages = new ArrayList<>();
        ByteBuffer view = datagram.duplicate().order(ByteOrder.nativeOrder());
        int at = view.position();
        while (view.limit() - at >= Netlink.HEADER) {
            int length = view.getInt(at);
            if (length < Netlink.HEADER || length > view.limit() - at) {
                throw new MalformedMessageException("message length " + length + ", left " + (view.limit() - at));
            }
            messages.add(message(view, at, length));
            at += Netlink.align(length);
        }
        return messages;
    }

    private static Message message(ByteBuffer view, int at, int length) {
        ByteBuffer payload =
                view.slice(at + Netlink.HEADER, length - Netlink.HEADER).order(ByteOrder.nativeOrder());
        return new Message(
                view.getShort(at + 4) & 0xffff,
                view.getShort(at + 6) & 0xffff,
                view.getInt(at + 8),
                view.getInt(at + 12),
                payload);
    }
}
