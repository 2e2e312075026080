package io.netd.daemon.door;

import io.netd.daemon.frame.BrokenFrameException;
import io.netd.daemon.frame.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** The files that one command reads through its client. Commands ask and wait; the event loop brings the answers. */
final class PulledFiles {
    private static final int STANDARD_INPUT = 0;

    /** Answers by file; a file that nobody waits for has no entry. */
    private final Map<Integer, BlockingQueue<Answer>> waiting = new ConcurrentHashMap<>();

    private final Client client;
    private int last = STANDARD_INPUT;

    PulledFiles(Client client) {
        this.client = client;
    }

    /** What the client says to one request: bytes (none at the end), or the reason of its failure. */
    private record Answer(byte[] bytes, Optional<String> failure) {
        static Answer failed(String reason) {
            return new Answer(new byte[0], Optional.of(reason));
        }
    }

    InputStream openInput() {
        return open(STANDARD_INPUT, "");
    }

    synchronized InputStream open(String path) {
        return open(++last, path);
    }

    private InputStream open(int file, String path) {
        try {
            ask(file, Frame.openFile(file, path));
            return new PulledFile(this, file);
        } catch (IOException e) {
            String what = file == STANDARD_INPUT ? "open standard input" : "open " + path;
            throw new UncheckedIOException(new IOException(what + ": " + e.getMessage(), e));
        }
    }

    byte[] read(int file, int most) throws IOException {
        return ask(file, Frame.readFile(file, most));
    }

    void close(int file) {
        client.send(Frame.closeFile(file));
    }

    private byte[] ask(int file, Frame question) throws IOException {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        waiting.put(file, answers);
        client.send(question);
        try {
            if (client.isGone()) {
                throw new IOException("the client has gone");
            }
            Answer answer = answers.take();
            if (answer.failure().isPresent()) {
                throw new IOException(answer.failure().get());
            }
            return answer.bytes();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the client read");
        } finally {
            waiting.remove(file);
        }
    }

    /** An answer of the client; one that nobody waits for breaks the protocol only when it brings data. */
    void on(Frame frame) {
        int file = frame.number();
        byte[] rest = Arrays.copyOfRange(frame.body(), Integer.BYTES, frame.body().length);
        BlockingQueue<Answer> answers = waiting.get(file);
        switch (frame.type()) {
            case FILE_ERROR -> give(answers, Answer.failed(reason(rest)));
            case FILE_OPENED -> give(answers, new Answer(rest, Optional.empty()));
            default -> {
                if (answers == null || !answers.isEmpty()) {
                    throw new BrokenFrameException("FILE_DATA frame that was not asked for");
                }
                give(answers, new Answer(rest, Optional.empty()));
            }
        }
    }

    /** The text behind the errno. */
    private static String reason(byte[] bytes) {
        int skipped = Math.min(Integer.BYTES, bytes.length);
        return new String(bytes, skipped, bytes.length - skipped, StandardCharsets.UTF_8);
    }

    private static void give(@org.jspecify.annotations.Nullable BlockingQueue<Answer> answers, Answer answer) {
        if (answers != null) {
            answers.add(answer);
        }
    }

    void onClientGone() {
        waiting.values().forEach(answers -> answers.add(Answer.failed("the client has gone")));
    }
}
