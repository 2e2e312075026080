package io.netd.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.plugins.spi.HostKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every attachment did or is about to do: one file each, below {@code attachments/<host>/}. A
 * write has reached the file system when it returns, whole or not at all. The files describe kernel
 * state and live where it does, in memory until the next boot. Any thread; one attachment is
 * written by one thread at a time.
 */
public final class Journal {
    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final int FORMAT = 1;

    private final Map<AttachmentKey, Attachment> attachments = new ConcurrentHashMap<>();
    private final Folder folder;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    private Journal(Folder folder, JsonMapper mapper) {
        this.folder = folder;
        this.writer = mapper.writerFor(Stored.class);
        this.reader = mapper.readerFor(Stored.class);
    }

    /** Opens the journal below a directory and reads what is there. */
    public static Journal open(Path execRoot, JsonMapper mapper) {
        Journal journal = new Journal(new Folder(execRoot.resolve("attachments")), mapper);
        journal.folder.read((path, bytes) -> journal.load(path, bytes));
        return journal;
    }

    /** One attachment. */
    public Optional<Attachment> find(AttachmentKey key) {
        return Optional.ofNullable(attachments.get(key));
    }

    /** All attachments of all hosts, in no order. */
    public List<Attachment> all() {
        return List.copyOf(attachments.values());
    }

    /** All attachments of one host. */
    public List<Attachment> of(HostKey host) {
        return attachments.values().stream()
                .filter(attachment -> attachment.host().equals(host))
                .toList();
    }

    /** Writes an attachment; one without entries is removed. */
    public void write(Attachment attachment) {
        if (attachment.entries().isEmpty()) {
            folder.remove(file(attachment.key()));
            attachments.remove(attachment.key());
        } else {
            folder.write(file(attachment.key()), encode(attachment));
            attachments.put(attachment.key(), attachment);
        }
    }

    /** Container ids hold no colon, so names are unique. */
    private static Path file(AttachmentKey key) {
        String name = key.id().containerId() + ":" + key.id().ifName() + ".json";
        return Path.of(key.host().toString(), name);
    }

    private byte[] encode(Attachment attachment) {
        try {
            return writer.writeValueAsBytes(new Stored(FORMAT, attachment));
        } catch (JsonProcessingException e) {
            throw new JournalException("journal of " + attachment.key() + ": " + e.getOriginalMessage(), e);
        }
    }

    private void load(Path file, byte[] bytes) {
        try {
            Stored stored = reader.readValue(bytes);
            if (stored.format() > FORMAT) {
                throw new JournalException(file + ": format " + stored.format() + " is of a newer netd");
            }
            attachments.put(stored.attachment().key(), stored.attachment());
        } catch (java.io.IOException e) {
            LOG.log(Level.ERROR, "journal: " + file + " cannot be read and is left aside: " + e.getMessage());
        }
    }

    /** A file's content. */
    private record Stored(int format, Attachment attachment) {}
}
