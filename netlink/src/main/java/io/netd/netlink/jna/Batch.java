package io.netd.netlink.jna;

import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * A batch about to be sent: its messages bear consecutive sequence numbers, by which answers are matched. Of several that
 * ask for an acknowledgement only the last one still does: the kernel takes them one after the other and tells of each
 * that it refuses in any case.
 */
final class Batch {
    private static final int FLAGS = 6;
    private static final int SEQUENCE = 8;
    private static final int NONE = -1;

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
        int acknowledged = NONE;
        for (Message message : MessageReader.split(bytes)) {
            bytes.putInt(at + SEQUENCE, firstSequence + count);
            if (message.has(Netlink.NLM_F_DUMP) && count == 0) {
                dump = true;
                owed.set(count);
            } else if (message.has(Netlink.NLM_F_ACK)) {
                withdraw(acknowledged);
                acknowledged = at;
                owed.set(count);
            }
            at += Netlink.align(Netlink.HEADER + message.payload().limit());
            count++;
        }
    }

    /** Asks no more for the acknowledgement of the message that begins there. */
    private void withdraw(int at) {
        if (at != NONE) {
            bytes.putShort(at + FLAGS, (short) (bytes.getShort(at + FLAGS) & ~Netlink.NLM_F_ACK));
            owed.clear();
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
