package io.netd.daemon;

import io.netd.netctl.api.Terminal;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.IntConsumer;

/** This process's own streams as a command's terminal. */
final class ProcessTerminal implements Terminal {
    private static final int USUAL_WIDTH = 80;

    @Override
    public OutputStream out() {
        return System.out;
    }

    @Override
    public OutputStream err() {
        return System.err;
    }

    @Override
    public InputStream in() {
        return System.in;
    }

    @Override
    public InputStream openFile(String path) {
        try {
            return new FileInputStream(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isOutputTerminal() {
        return false;
    }

    @Override
    public int columns() {
        return USUAL_WIDTH;
    }

    @Override
    public void onSignal(IntConsumer handler) {
        // Signals end this process as they end any.
    }

    @Override
    public void onGone(Runnable action) {
        // Whoever called this process is its terminal.
    }
}
