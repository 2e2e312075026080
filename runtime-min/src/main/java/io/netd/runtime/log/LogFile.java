package io.netd.runtime.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netd.runtime.LogLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;

/** One open log file of docker's json-file lines, read forward; a line that is still being written is kept for the next read. */
final class LogFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InputStream in;
    private final Object key;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private LogFile(InputStream in, Object key) {
        this.in = in;
        this.key = key;
    }

    /** Empty when there is no such file. */
    static Optional<LogFile> open(Path file) throws IOException {
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            return Optional.of(new LogFile(in, keyOf(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** False once the path leads to another file: this one was rotated away, or there is none now. */
    boolean isStillAt(Path file) throws IOException {
        try {
            return keyOf(file).equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Object keyOf(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** The next whole line that can be understood; empty at the present end of the file. */
    private Optional<LogLine> next() throws IOException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                pending.write(b);
                continue;
            }
            Optional<LogLine> line = parse(pending.toByteArray());
            pending.reset();
            if (line.isPresent()) {
                return line;
            }
        }
        return Optional.empty();
    }

    /** Hands over all whole lines up to the present end. */
    void drain(Consumer<LogLine> sink) throws IOException {
        for (Optional<LogLine> line = next(); line.isPresent(); line = next()) {
            sink.accept(line.get());
        }
    }

    /** A line cut short by a full disk is passed over. */
    static Optional<LogLine> parse(byte[] line) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(new LogLine(
                    Instant.parse(node.path("time").asText()),
                    node.path("stream").asText().equals("stderr"),
                    node.path("log").asText()));
        } catch (IOException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
