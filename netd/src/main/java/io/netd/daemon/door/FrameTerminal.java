package io.netd.daemon.door;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Frame;
import io.netd.daemon.frame.TerminalFacts;
import io.netd.netctl.api.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A client's terminal by way of frames. The command's thread uses it; frames come in on the event loop. */
final class FrameTerminal implements Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int STANDARD_OUTPUT = 1;

    private final Client client;
    private final TerminalFacts facts;
    private final PulledFiles files;
    private final OutputStream out;
    private final OutputStream err;
    private final List<Runnable> goneActions = new ArrayList<>();
    private volatile int columns;
    private volatile IntConsumer signalHandler = signal -> {};
    private InputStream in = InputStream.nullInputStream();
    private boolean isInputOpen;

    FrameTerminal(Client client, TerminalFacts facts) {
        this.client = client;
        this.facts = facts;
        this.files = new PulledFiles(client);
        this.out = new FrameOutput(client, false);
        this.err = new FrameOutput(client, true);
        this.columns = facts.columns();
    }

    PulledFiles files() {
        return files;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return err;
    }

    @Override
    public InputStream in() {
        if (!isInputOpen) {
            in = files.openInput();
            isInputOpen = true;
        }
        return in;
    }

    @Override
    public InputStream openFile(String path) {
        return files.open(path);
    }

    @Override
    public boolean isOutputTerminal() {
        return facts.isTerminal(STANDARD_OUTPUT);
    }

    @Override
    public int columns() {
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    @Override
    public void onSignal(IntConsumer handler) {
        signalHandler = handler;
        client.send(Frame.signalsOn());
    }

    @Override
    public void onGone(Runnable action) {
        synchronized (goneActions) {
            if (!client.isGone()) {
                goneActions.add(action);
                return;
            }
        }
        action.run();
    }

    void onSignalFrame(Frame frame) {
        if (frame.body().length != 1) {
            throw new BrokenFrameException("SIGNAL frame of " + frame.body().length + " bytes");
        }
        signalHandler.accept(frame.body()[0]);
    }

    void onWindowFrame(Frame frame) {
        columns = frame.number() >>> 16;
    }

    /** The client is marked as gone already, so that an action added now runs at once. */
    void onClientGone() {
        files.onClientGone();
        List<Runnable> actions;
        synchronized (goneActions) {
            actions = List.copyOf(goneActions);
        }
        actions.forEach(Runnable::run);
    }
}
