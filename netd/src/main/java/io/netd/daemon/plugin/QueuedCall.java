package io.netd.daemon.plugin;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Frame;
import io.netd.daemon.frame.FrameReader;
import io.netd.daemon.frame.FrameType;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A call that a client put on disk because no daemon answered it.
 *
 * @param call what the client was called with
 * @param input its standard input
 */
record QueuedCall(Call call, byte[] input) {
    /** Reads what a client would have sent; BrokenFrameException when it is something else. */
    static QueuedCall decode(byte[] bytes) {
        FrameReader reader = new FrameReader();
        reader.feed(bytes);
        if (!reader.preface().map(preface -> preface.isCompatible()).orElse(false)) {
            throw new BrokenFrameException("not a queued call");
        }
        Call call = next(reader, FrameType.CALL)
                .map(frame -> Call.decode(frame.body()))
                .orElseThrow(() -> new BrokenFrameException("a queued call without CALL"));
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        Optional<Frame> piece = next(reader, FrameType.STDIN);
        while (piece.isPresent() && piece.get().body().length > 0) {
            input.writeBytes(piece.get().body());
            piece = next(reader, FrameType.STDIN);
        }
        if (piece.isEmpty()) {
            throw new BrokenFrameException("a queued call that is cut off");
        }
        return new QueuedCall(call, input.toByteArray());
    }

    private static Optional<Frame> next(FrameReader reader, FrameType expected) {
        Optional<Frame> frame = reader.next();
        if (frame.isPresent() && frame.get().type() != expected) {
            throw new BrokenFrameException(frame.get().type() + " frame in a queued call");
        }
        return frame;
    }
}
