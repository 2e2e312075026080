package io.netd.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the file of one attachment holds: the attachment on the first line, which is written whole or not at all, and behind
 * it a short line for each {@link Step} since. The last line may be torn: whoever wrote it has not answered yet.
 */
final class AttachmentFile {
    private static final int FORMAT = 1;

    /** Readers are made when something is read: they are dear, and a call without a daemon mostly finds nothing. */
    private final JsonMapper mapper;

    private final ObjectWriter writer;
    private final ObjectWriter stepWriter;

    AttachmentFile(JsonMapper mapper) {
        this.mapper = mapper;
        this.writer = mapper.writerFor(Stored.class);
        this.stepWriter = mapper.writerFor(Step.class);
    }

    byte[] encode(Attachment attachment) {
        return line(writer, new Stored(FORMAT, attachment));
    }

    byte[] encode(Step step) {
        return line(stepWriter, step);
    }

    /**
     * Reads it back.
     *
     * @throws JsonProcessingException when it is something else
     * @throws JournalException when a newer netd wrote it
     */
    Read decode(byte[] bytes) throws JsonProcessingException {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        Stored stored = read(Stored.class, lines[0]);
        if (stored.format() > FORMAT) {
            throw new JournalException("format " + stored.format() + " is of a newer netd");
        }
        Attachment attachment = stored.attachment();
        for (int i = 1; i < lines.length - 1; i++) {
            attachment = apply(read(Step.class, lines[i]), attachment);
        }
        return new Read(attachment, !lines[lines.length - 1].isEmpty());
    }

    private <T> T read(Class<T> kind, String line) throws JsonProcessingException {
        T value = mapper.readValue(line, kind);
        if (value == null) {
            throw new JsonMappingException(null, "null in the place of a record");
        }
        return value;
    }

    private static Attachment apply(Step step, Attachment attachment) throws JsonProcessingException {
        try {
            return step.on(attachment);
        } catch (IndexOutOfBoundsException e) {
            throw new JsonMappingException(null, "a step of an entry that there is not: " + e.getMessage(), e);
        }
    }

    private static byte[] line(ObjectWriter writer, Object value) {
        try {
            byte[] json = writer.writeValueAsBytes(value);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new JournalException("journal: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * What was read.
     *
     * @param torn whether nothing can be appended to it
     */
    record Read(Attachment attachment, boolean torn) {}

    /** The first line. */
    private record Stored(int format, Attachment attachment) {}
}
