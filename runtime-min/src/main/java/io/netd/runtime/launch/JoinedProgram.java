package io.netd.runtime.launch;

import io.netd.runtime.ContainerException;
import io.netd.runtime.OutputChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One more program in a container, on pipes. */
public final class JoinedProgram {
    private static final int BUFFER = 1 << 15;

    private final Process process;
    private final byte[] configuration;

    JoinedProgram(Process process, byte[] configuration) {
        this.process = process;
        this.configuration = configuration;
    }

    /**
     * Feeds the program, hands over what it writes (one piece at a time) and waits for its end; its exit code. An
     * interrupt kills it.
     */
    public int run(InputStream in, Consumer<OutputChunk> sink) {
        Object turn = new Object();
        FutureTask<Void> errors = copying(process.getErrorStream(), true, sink, turn);
        FutureTask<Void> output = copying(process.getInputStream(), false, sink, turn);
        try {
            start("exec stderr", errors);
            start("exec stdout", output);
            start("exec stdin", new FutureTask<>(() -> feed(in), null));
            output.get();
            errors.get();
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ContainerException.failed("exec: interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw ContainerException.failed("exec: " + e.getCause().getMessage(), e.getCause());
        } finally {
            process.destroy();
        }
    }

    private static FutureTask<Void> copying(
            InputStream from, boolean toError, Consumer<OutputChunk> sink, Object turn) {
        return new FutureTask<>(() -> {
            byte[] buffer = new byte[BUFFER];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (turn) {
                    sink.accept(new OutputChunk(toError, Arrays.copyOf(buffer, n)));
                }
            }
            return null;
        });
    }

    /** A program may end without reading what it is given: the broken pipe is no failure. */
    private void feed(InputStream in) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(configuration);
            to.flush();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException e) {
            return;
        }
    }

    private static void start(String name, FutureTask<Void> task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
