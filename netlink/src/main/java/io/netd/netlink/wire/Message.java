package io.netd.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One received message. The payload is a view of the receive buffer: read it before the next receive.
 *
 * @param type {@code nlmsg_type}
 * @param flags {@code nlmsg_flags}
 * @param sequence {@code nlmsg_seq} of the request answered, 0 in an event
 * @param port {@code nlmsg_pid} of the socket addressed, 0 in an event
 * @param payload what follows the header, native byte order, from 0 to its length
 */
public record Message(int type, int flags, int sequence, int port, ByteBuffer payload) {
    /** The attributes that follow a family header of this many bytes. */
    public Attributes attributes(int familyHeader) {
        int start = Netlink.align(familyHeader);
        if (start > payload.limit()) {
            throw new MalformedMessageException(
                    "message " + type + " holds " + payload.limit() + " bytes, expected " + familyHeader);
        }
        return Attributes.parse(payload.duplicate().position(start).order(ByteOrder.nativeOrder()));
    }

    /** Whether every one of these flags is set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }
}
