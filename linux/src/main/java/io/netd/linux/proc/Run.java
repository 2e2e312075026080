package io.netd.linux.proc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a program: feeds it, reads both outputs at once and holds it to its time. */
final class Run {
    private static final int BUFFER = 8192;
    /** How long outputs may stay open after the end: a background child may have inherited them. */
    private static final long DRAIN_SECONDS = 1;

    private final Program program;
    private final Process process;

    Run(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    Program.Output finish() {
        FutureTask<String> out = onThread("stdout", () -> read(process.getInputStream()));
        FutureTask<String> err = onThread("stderr", () -> read(process.getErrorStream()));
        onThread("stdin", this::feed);
        try {
            if (!process.waitFor(program.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ProgramException(name() + ": not finished after " + program.timeout());
            }
            return new Program.Output(process.exitValue(), drained(out), drained(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramException(name() + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private String drained(FutureTask<String> output) throws InterruptedException {
        try {
            return output.get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProgramException(name() + ": a child of it keeps its output open", e);
        } catch (ExecutionException e) {
            throw new ProgramException(name() + ": cannot read its output", e.getCause());
        }
    }

    private String read(InputStream stream) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            kept.write(buffer, 0, Math.min(n, program.outputLimit() - kept.size()));
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** A program may end without reading its input: then the broken pipe is no failure. */
    private String feed() {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(program.input());
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    private FutureTask<String> onThread(String stream, Callable<String> body) {
        FutureTask<String> task = new FutureTask<>(body);
        Thread thread = new Thread(task, name() + " " + stream);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private String name() {
        return program.command().get(0);
    }
}
