package io.netd.daemon.door;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Frame;
import io.netd.daemon.frame.FrameType;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A plugin call: standard input until its end, then one answer. */
final class PluginConversation implements Conversation {
    /** One byte more than is taken: by it we see that there was too much. */
    private static final int INPUT_LIMIT = (1 << 20) + 1;

    private final Client client;
    private final Call call;
    private final PluginCalls calls;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private boolean isComplete;

    PluginConversation(Client client, Call call, PluginCalls calls) {
        this.client = client;
        this.call = call;
        this.calls = calls;
    }

    @Override
    public void on(Frame frame) {
        if (frame.type() != FrameType.STDIN || isComplete) {
            throw new BrokenFrameException(frame.type() + " frame in a plugin call");
        }
        input.writeBytes(frame.body());
        if (input.size() > INPUT_LIMIT) {
            throw new BrokenFrameException("standard input without end");
        }
        if (frame.body().length == 0) {
            isComplete = true;
            begin();
        }
    }

    private void begin() {
        PluginCall whole = new PluginCall(call, client.pid(), input.toByteArray(), () -> !client.isGone());
        Future.fromCompletionStage(calls.begin(whole)).onComplete(this::answer, failure -> client.close());
    }

    private void answer(PluginAnswer answer) {
        List<Frame> frames = new ArrayList<>();
        frames.addAll(output(true, answer.errors()));
        frames.addAll(output(false, answer.output()));
        frames.add(Frame.exit(answer.exitCode()));
        client.end(frames);
    }

    private static List<Frame> output(boolean toError, byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += FrameType.CHUNK) {
            frames.add(Frame.output(toError, bytes, at, Math.min(FrameType.CHUNK, bytes.length - at)));
        }
        return frames;
    }

    /** An answer is due soon: the client may wait for it. */
    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public void onGone() {
        // Whoever carries out the call asks whether it is wanted.
    }
}
