package io.netd.plugins.firewall.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusReplyTest {
    /** A call has the shape of an answer that answers nothing, with a text. */
    private static final byte[] MESSAGE =
            bytes(new BusCall("a.b", "/a", "a.b.c", "add", List.of("trusted", "10.0.0.1/32")).encode(7));

    @Test
    void aWholeMessageIsRead() {
        ByteBuffer in = ByteBuffer.allocate(1024).put(MESSAGE).put(MESSAGE).flip();
        assertThat(BusReply.next(in)).contains(new BusReply(0, false, "trusted", false));
        assertThat(BusReply.next(in)).contains(new BusReply(0, false, "trusted", false));
        assertThat(BusReply.next(in)).isEmpty();
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void aPartOfAMessageIsWaitedFor() {
        for (int length = 0; length < MESSAGE.length; length++) {
            ByteBuffer in = ByteBuffer.allocate(1024).put(MESSAGE, 0, length).flip();
            assertThat(BusReply.next(in)).as("%d bytes", length).isEmpty();
            assertThat(in.remaining()).isEqualTo(length);
        }
    }

    @Test
    void anyByteMayBeAnything() {
        int refused = 0;
        for (int at = 0; at < MESSAGE.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = MESSAGE.clone();
                changed[at] = (byte) value;
                refused += read(changed) ? 0 : 1;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void whatNoBufferHoldsIsRefused() {
        byte[] endless = MESSAGE.clone();
        endless[7] = 0x7f;
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BusReply.next(ByteBuffer.allocate(1024).put(endless).flip()))
                .withMessageContaining("bytes");
    }

    /** As it answers who asks for a property. */
    @Test
    void aVariantIsReadAsWhatItHolds() {
        ByteBuffer message = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        message.put(new byte[] {'l', 2, 0, 1}).putInt(12).putInt(9).putInt(15);
        message.put(new byte[] {5, 1, 'u', 0}).putInt(7).put(new byte[] {8, 1, 'g', 0, 1, 'v', 0, 0});
        message.put(new byte[] {1, 's', 0, 0}).putInt(3).put(new byte[] {'y', 'e', 's', 0});
        assertThat(BusReply.next(message.flip())).contains(new BusReply(7, false, "yes", false));
    }

    private static boolean read(byte[] message) {
        try {
            Optional<BusReply> reply =
                    BusReply.next(ByteBuffer.allocate(1024).put(message).flip());
            return reply.isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
