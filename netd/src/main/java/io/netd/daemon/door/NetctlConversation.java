package io.netd.daemon.door;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A command line: runs on a thread of its own, pulls what it reads, pushes what it writes. The thread is interrupted when
 * the client goes.
 */
final class NetctlConversation implements Conversation {
    private static final Logger LOG = System.getLogger(NetctlConversation.class.getName());
    private static final int FAILED = 1;

    private final Client client;
    private final FrameTerminal terminal;

    NetctlConversation(Client client, Call call) {
        this.client = client;
        this.terminal = new FrameTerminal(client, call.terminal());
    }

    /** Starts the command; says so to the client when too many run already. */
    void start(Call call, NetctlCalls calls, Executor threads) {
        try {
            threads.execute(() -> run(call, calls));
        } catch (RejectedExecutionException e) {
            fail("the daemon runs too many commands at once, try again later");
        }
    }

    private void run(Call call, NetctlCalls calls) {
        Interruption interruption = new Interruption();
        terminal.onGone(interruption::interrupt);
        try {
            client.exit(calls.run(call, terminal));
        } catch (RuntimeException | Error e) {
            if (client.isGone()) {
                LOG.log(Level.DEBUG, "request " + client.id() + ": netctl " + firstWord(call) + " lost its client", e);
                return;
            }
            LOG.log(Level.ERROR, "request " + client.id() + ": netctl " + firstWord(call) + " failed unexpectedly", e);
            fail("the command failed unexpectedly, the daemon's log says more (request " + client.id() + ")");
        } finally {
            interruption.end();
        }
    }

    private static String firstWord(Call call) {
        return call.arguments().isEmpty() ? "" : call.arguments().get(0);
    }

    private void fail(String message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        client.send(Frame.output(true, line, 0, line.length));
        client.exit(FAILED);
    }

    @Override
    public void on(Frame frame) {
        switch (frame.type()) {
            case FILE_OPENED, FILE_DATA, FILE_ERROR -> terminal.files().on(frame);
            case SIGNAL -> terminal.onSignalFrame(frame);
            case WINSIZE -> terminal.onWindowFrame(frame);
            default -> throw new BrokenFrameException(frame.type() + " frame in a netctl call");
        }
    }

    @Override
    public boolean isBrief() {
        return false;
    }

    @Override
    public void onGone() {
        terminal.onClientGone();
    }
}
