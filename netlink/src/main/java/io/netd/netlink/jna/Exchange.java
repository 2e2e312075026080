package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gathers the answers to one batch: matches them to its messages, tells replies, acknowledgements and refusals apart. */
final class Exchange<T> {
    private final Batch batch;
    private final Function<Message, Optional<T>> decoder;
    private final List<T> items = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final BitSet owed;
    private boolean interrupted;

    Exchange(Batch batch, Function<Message, Optional<T>> decoder) {
        this.batch = batch;
        this.decoder = decoder;
        this.owed = batch.owed();
    }

    /** Whether a dump changed while it was read and may miss or repeat entries. */
    boolean isInterrupted() {
        return interrupted;
    }

    /** Whether the end of every dump and every acknowledgement asked for came. */
    boolean isComplete() {
        return owed.isEmpty() || !failures.isEmpty();
    }

    Answer<T> answer(String request) {
        return new Answer<>(request, items, failures);
    }

    void take(Message message) {
        int index = batch.indexOf(message);
        if (index < 0) {
            return;
        }
        interrupted |= message.has(Netlink.NLM_F_DUMP_INTR);
        switch (message.type()) {
            case Netlink.NLMSG_NOOP, Netlink.NLMSG_OVERRUN -> {}
            case Netlink.NLMSG_ERROR -> end(index, message, errorTlvs(message));
            case Netlink.NLMSG_DONE -> end(index, message, 4);
            default -> decoder.apply(message).ifPresent(items::add);
        }
    }

    private void end(int index, Message message, int tlvs) {
        owed.clear(index);
        int result = message.payload().limit() < 4 ? 0 : message.payload().getInt(0);
        if (result < 0) {
            failures.add(new Failure(index, Errno.of(-result), text(message, tlvs)));
        }
    }

    /** Where the kernel's text stands: after the error number and as much of the request as it gives back. */
    private static int errorTlvs(Message message) {
        ByteBuffer payload = message.payload();
        boolean whole = !message.has(Netlink.NLM_F_CAPPED) && payload.limit() >= 8;
        return 4 + (whole ? Netlink.align(payload.getInt(4)) : Netlink.HEADER);
    }

    private static String text(Message message, int tlvs) {
        if (!message.has(Netlink.NLM_F_ACK_TLVS) || tlvs > message.payload().limit()) {
            return "";
        }
        Attributes attributes = message.attributes(tlvs);
        return attributes.text(Netlink.NLMSGERR_ATTR_MSG).orElse("");
    }
}
