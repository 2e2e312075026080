package io.netd.runtime.launch;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A container whose namespaces exist and whose program waits. Closing it before {@link #go} calls the whole start off;
 * afterwards it only ends the conversation.
 */
public final class PreparedContainer implements AutoCloseable {
    private static final long LAST_WORDS_SECONDS = 5;

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream orders;
    private final int pid;
    private final int monitorPid;

    private PreparedContainer(Process process, BufferedReader answers, String[] created) {
        this.process = process;
        this.answers = answers;
        this.orders = process.getOutputStream();
        this.pid = Integer.parseInt(created[1]);
        this.monitorPid = Integer.parseInt(created[2]);
    }

    static PreparedContainer of(Process process, byte[] configuration) {
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            process.getOutputStream().write(configuration);
            process.getOutputStream().flush();
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("created ")) {
                throw failure(answer);
            }
            return new PreparedContainer(process, answers, answer.split(" "));
        } catch (IOException e) {
            process.destroyForcibly();
            throw ContainerException.failed("talk to the launcher: " + FileFailure.reason(e), e);
        }
    }

    /** The container's first process as this host sees it. */
    public int pid() {
        return pid;
    }

    /** Who stays with the container. */
    public int monitorPid() {
        return monitorPid;
    }

    /** Lets the program run; an exception with 125, 126 or 127 when it cannot, and the container is gone then. */
    public void go() {
        try {
            orders.write("go\n".getBytes(StandardCharsets.US_ASCII));
            orders.flush();
            String answer = answers.readLine();
            if (!"started".equals(answer)) {
                throw failure(answer);
            }
        } catch (IOException e) {
            throw ContainerException.failed("talk to the launcher: " + FileFailure.reason(e), e);
        }
    }

    /** Reads {@code failed CODE ERRNO text}. */
    private static ContainerException failure(String answer) {
        String[] words = answer == null ? new String[0] : answer.split(" ", 4);
        if (words.length < 4 || !words[0].equals("failed")) {
            return ContainerException.failed("the launcher ended without a word", new IOException("end of stream"));
        }
        int code = Integer.parseInt(words[1]);
        ContainerException.Kind kind = code == ContainerException.RUNTIME_FAILED
                ? ContainerException.Kind.FAILED
                : ContainerException.Kind.INVALID;
        return new ContainerException(kind, code, words[3]);
    }

    @Override
    public void close() {
        try {
            orders.close();
            process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The other side is gone already: that is what closing is for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
