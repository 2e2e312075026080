package io.netd.netctl.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * The user's end of one command: his streams, files and signals. Implemented by the door that speaks with the client;
 * used by the one thread that runs the command. Writes block while the client does not read.
 */
public interface Terminal {
    /** The client's standard output; bytes reach it in order with {@link #err()}. */
    OutputStream out();

    /** The client's standard error. */
    OutputStream err();

    /** The client's standard input, pulled as it is read; ends with the client's end of file. */
    InputStream in();

    /**
     * Opens a file by the path the user typed, read by the client with the client's rights.
     *
     * @throws java.io.UncheckedIOException when the client cannot open it; the message is the client's errno text
     */
    InputStream openFile(String path);

    /** Whether standard output is a terminal: progress and colour only then. */
    boolean isOutputTerminal();

    /** Width of the terminal in columns, 80 when unknown. */
    int columns();

    /**
     * From now on signals that the client gets (INT, TERM, HUP, QUIT, USR1, USR2) are handed over here instead of
     * ending the client. The handler runs on a thread of the door and must not block.
     */
    void onSignal(IntConsumer handler);

    /** Runs the action once when the client has gone; at once if it has gone already. On a thread of the door. */
    void onGone(Runnable action);
}
