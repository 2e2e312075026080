package io.netd.netlink.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final int PORT = 4242;
    private static final int SEQUENCE = 100;

    @Test
    void theKernelsWordsAreReadFromARecordedRefusal() {
        Message refusal = Recording.of("mtu-too-large").messages().get(1);
        Batch batch = new Batch(acked(1), refusal.port(), refusal.sequence());
        Exchange<Message> exchange = new Exchange<>(batch, message -> Optional.empty());

        exchange.take(refusal);

        Answer<Message> answer = exchange.answer("set mtu");
        assertThat(answer.failures()).containsExactly(new Failure(0, Errno.EINVAL, "mtu greater than device maximum"));
        assertThatThrownBy(answer::orThrow)
                .isInstanceOf(NetlinkException.class)
                .hasMessage("set mtu: EINVAL (mtu greater than device maximum)");
    }

    @Test
    void aRefusalThatRepeatsTheRequestIsReadToo() {
        Message refusal = Recording.of("add-bridge").messages().get(0);
        Batch batch = new Batch(acked(1), refusal.port(), refusal.sequence());
        Exchange<Message> exchange = new Exchange<>(batch, message -> Optional.empty());

        exchange.take(refusal);

        assertThat(exchange.answer("probe").failedWith(Errno.ENODEV)).isTrue();
        assertThat(exchange.answer("probe").unless(Errno.ENODEV)).isFalse();
    }

    @Test
    void answersToOthersAreLeftAside() {
        Exchange<Message> exchange = exchange(acked(2));
        exchange.take(error(SEQUENCE + 2, PORT, 0));
        exchange.take(error(SEQUENCE - 1, PORT, 0));
        exchange.take(error(SEQUENCE, PORT + 1, 0));
        assertThat(exchange.isComplete()).isFalse();

        exchange.take(error(SEQUENCE + 1, PORT, 0));
        assertThat(exchange.isComplete()).isTrue();
    }

    @Test
    void onlyTheLastMessageAsksForAnAcknowledgement() {
        List<Message> sent = MessageReader.split(new Batch(acked(3), PORT, SEQUENCE).bytes());
        assertThat(sent).extracting(message -> message.has(Netlink.NLM_F_ACK)).containsExactly(false, false, true);
        assertThat(sent).extracting(Message::sequence).containsExactly(SEQUENCE, SEQUENCE + 1, SEQUENCE + 2);
    }

    @Test
    void refusalsNameTheirMessage() {
        Exchange<Message> exchange = exchange(acked(3));
        exchange.take(error(SEQUENCE + 1, PORT, -17));
        exchange.take(error(SEQUENCE + 2, PORT, 0));
        assertThat(exchange.answer("x").failures()).containsExactly(new Failure(1, Errno.EEXIST, ""));
    }

    @Test
    void aDumpEndsWithDoneAndTellsOfChanges() {
        MessageWriter dump = new MessageWriter().begin(18, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        Exchange<Integer> exchange =
                new Exchange<>(new Batch(dump.finish(), PORT, SEQUENCE), message -> Optional.of(message.type()));
        exchange.take(message(16, Netlink.NLM_F_MULTI, SEQUENCE, PORT, 0));
        assertThat(exchange.isComplete()).isFalse();
        assertThat(exchange.isInterrupted()).isFalse();
        exchange.take(message(Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI | Netlink.NLM_F_DUMP_INTR, SEQUENCE, PORT, 0));
        assertThat(exchange.isComplete()).isTrue();
        assertThat(exchange.isInterrupted()).isTrue();
        assertThat(exchange.answer("x").items()).isEqualTo(List.of(16));
    }

    private static Exchange<Message> exchange(ByteBuffer batch) {
        return new Exchange<>(new Batch(batch, PORT, SEQUENCE), message -> Optional.empty());
    }

    private static ByteBuffer acked(int count) {
        MessageWriter writer = new MessageWriter();
        for (int i = 0; i < count; i++) {
            writer.begin(16, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK).u32(i);
        }
        return writer.finish();
    }

    private static Message error(int sequence, int port, int result) {
        return message(Netlink.NLMSG_ERROR, Netlink.NLM_F_CAPPED, sequence, port, result);
    }

    private static Message message(int type, int flags, int sequence, int port, int result) {
        ByteBuffer bytes = new MessageWriter()
                .begin(type, flags)
                .u32(result)
                .bytes(new byte[Netlink.HEADER])
                .finish()
                .order(ByteOrder.nativeOrder());
        bytes.putInt(8, sequence).putInt(12, port);
        return MessageReader.split(bytes).get(0);
    }
}
