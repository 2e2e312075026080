package io.netd.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
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
    /** Ports that come and go would make a file longer for ever. */
    private static final int MOST_STEPS = 1_000;

    private final Map<AttachmentKey, Integer> appended = new ConcurrentHashMap<>();
    private final Map<AttachmentKey, Attachment> attachments = new ConcurrentHashMap<>();
    private final Folder folder;
    private final AttachmentFile format;

    private Journal(Folder folder, JsonMapper mapper) {
        this.folder = folder;
        this.format = new AttachmentFile(mapper);
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
            folder.write(file(attachment.key()), format.encode(attachment));
            attachments.put(attachment.key(), attachment);
        }
        appended.remove(attachment.key());
    }

    /** Remembers what could not be written, in memory alone: the next write of it is a whole one. */
    public void remember(Attachment attachment) {
        attachments.put(attachment.key(), attachment);
        appended.put(attachment.key(), MOST_STEPS);
    }

    /**
     * Takes down that a written entry has got a phase further, by one short line behind the attachment.
     *
     * @return the attachment as it is now
     */
    public Attachment advance(Attachment attachment, PluginEntry which, Phase phase) {
        Step step = new Step.Advanced(attachment.place(which), phase);
        Attachment advanced = step.on(attachment);
        append(step, advanced);
        return advanced;
    }

    /**
     * Takes down that a written entry has other traces, by a line that holds only the difference.
     *
     * @return the attachment as it is now
     */
    public Attachment splice(Attachment attachment, PluginEntry which, List<Trace> traces) {
        int place = attachment.place(which);
        Step step = Step.Spliced.between(place, attachment.entries().get(place).traces(), traces);
        Attachment spliced = step.on(attachment);
        append(step, spliced);
        return spliced;
    }

    /**
     * Takes down all at once that entries have other traces: where it is one, as {@link #splice} does.
     *
     * @param changed with the same entries
     * @return the attachment as it is now
     */
    public Attachment change(Attachment attachment, Attachment changed) {
        List<PluginEntry> others = changed.entries().stream()
                .filter(entry -> !attachment.entries().contains(entry))
                .toList();
        if (others.size() == 1) {
            return splice(attachment, others.get(0), others.get(0).traces());
        }
        write(changed);
        return changed;
    }

    /** Writes an attachment of which one entry is new or has more traces: that entry alone, where the rest is written. */
    public void put(Attachment attachment, PluginEntry entry) {
        Step step = new Step.Left(entry);
        boolean isRestWritten =
                find(attachment.key()).map(step::on).filter(attachment::equals).isPresent();
        if (isRestWritten) {
            append(step, attachment);
        } else {
            write(attachment);
        }
    }

    private void append(Step step, Attachment attachment) {
        boolean isLong = appended.merge(attachment.key(), 1, Integer::sum) > MOST_STEPS;
        if (!isLong && isAppended(step, attachment.key())) {
            attachments.put(attachment.key(), attachment);
        } else {
            write(attachment);
        }
    }

    private boolean isAppended(Step step, AttachmentKey key) {
        try {
            return folder.append(file(key), format.encode(step));
        } catch (JournalException e) {
            // Half a line may be there, behind which nothing could be read.
            appended.put(key, MOST_STEPS);
            throw e;
        }
    }

    /** Container ids hold no colon, so names are unique. */
    private static Path file(AttachmentKey key) {
        String name = key.id().containerId() + ":" + key.id().ifName() + ".json";
        return Path.of(key.host().toString(), name);
    }

    private void load(Path file, byte[] bytes) {
        try {
            AttachmentFile.Read read = format.decode(bytes);
            if (read.torn()) {
                write(read.attachment());
            } else {
                attachments.put(read.attachment().key(), read.attachment());
            }
        } catch (JsonProcessingException e) {
            LOG.log(Level.ERROR, "journal: " + file + " cannot be read and is left aside: " + e.getMessage());
        } catch (JournalException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }
}
