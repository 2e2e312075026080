package io.netd.linux.proc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a program: feeds it, reads both outputs at once and holds it to its time. */
final class Run {
    private final Program program;
    private final Process process;

    Run(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    Program.Output finish() {
        Captured out = Captured.start(process.getInputStream(), program.outputLimit(), name() + " stdout");
        Captured err = Captured.start(process.getErrorStream(), program.outputLimit(), name() + " stderr");
        startFeeding();
        try {
            if (!process.waitFor(program.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw ProgramException.timeout(name() + ": not finished after " + program.timeout());
            }
            return new Program.Output(process.exitValue(), out.text(), err.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramException(name() + ": interrupted", e);
        } finally {
            kill();
        }
    }

    /** What a killed program has started would go on without it. */
    private void kill() {
        if (process.isAlive()) {
            List<ProcessHandle> started = process.descendants().toList();
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** On a thread of its own where there is input: a program may write much before it reads. */
    private void startFeeding() {
        byte[] input = program.input();
        if (input.length == 0) {
            feed(input);
            return;
        }
        Thread thread = new Thread(() -> feed(input), name() + " stdin");
        thread.setDaemon(true);
        thread.start();
    }

    private void feed(byte[] input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException e) {
            // A program may end without reading its input: the broken pipe is no failure of ours.
            return;
        }
    }

    private String name() {
        return program.name();
    }
}
