package io.netd.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * What the file of one attachment holds: the attachment on the first line, which is written whole or not at all, and behind
 * it a short line for each {@link Step} since. The last line may be torn: whoever wrote it has not answered yet.
 */
final class AttachmentFile {
    private static final int FORMAT = 1;

    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final ObjectWriter stepWriter;
    private final ObjectReader stepReader;

    AttachmentFile(JsonMapper mapper) {
        this.writer = mapper.writerFor(Stored.class);
        this.reader = mapper.readerFor(Stored.class);
        this.stepWriter = mapper.writerFor(Step.class);
        this.stepReader = mapper.readerFor(Step.class);
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
        Stored stored = reader.readValue(lines[0]);
        if (stored.format() > FORMAT) {
            throw new JournalException("format " + stored.format() + " is of a newer netd");
        }
        Attachment attachment = stored.attachment();
        for (int i = 1; i < lines.length - 1; i++) {
            attachment = stepReader.<Step>readValue(lines[i]).on(attachment);
        }
        return new Read(attachment, !lines[lines.length - 1].isEmpty());
    }

    private static byte[] line(ObjectWriter writer, Object value) {
        try {
            return (writer.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
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
