package io.netd.netlink.jna;

import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** A batch about to be sent: its messages bear consecutive sequence numbers, by which answers are matched. */
final class Batch {
    private static final int SEQUENCE = 8;

    private final ByteBuffer bytes;
    private final int port;
    private final int firstSequence;
    private final BitSet owed = new BitSet();
    private int count;
    private boolean dump;

    Batch(ByteBuffer bytes, int port, int firstSequence) {
        this.bytes = bytes;
        this.port = port;
        this.firstSequence = firstSequence;
        int at = bytes.position();
        for (Message message : MessageReader.split(bytes)) {
            bytes.putInt(at + SEQUENCE, firstSequence + count);
            at += Netlink.align(Netlink.HEADER + message.payload().limit());
            boolean dumps = message.has(Netlink.NLM_F_DUMP) && count == 0;
            dump |= dumps;
            owed.set(count++, dumps || message.has(Netlink.NLM_F_ACK));
        }
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** Whether the answer is a dump, which the kernel may declare inconsistent. */
    boolean isDump() {
        return dump;
    }

    int count() {
        return count;
    }

    /** The messages that ask for an acknowledgement or a dump. */
    BitSet owed() {
        return (BitSet) owed.clone();
    }

    /** Which message this is an answer to; negative when to none. */
    int indexOf(Message answer) {
        int index = answer.sequence() - firstSequence;
        return answer.port() == port && index >= 0 && index < count ? index : -1;
    }
}
