package io.netd.linux.fs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files so that a reader, or the next start after a crash, finds the old content or the new one, never a part. */
public final class AtomicFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /**
     * Replaces or creates the file, readable by its owner only. The folder must exist. Two writers of one file must not
     * write at once.
     *
     * @throws UncheckedIOException when that fails; the old content is still there then
     */
    public static void write(Path file, byte[] content, Durability durability) {
        Path temporary = file.resolveSibling("." + file.getFileName() + SUFFIX);
        try {
            // Left over by a writer that died: nobody else writes this file now.
            Files.deleteIfExists(temporary);
            fill(temporary, content, durability);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (durability == Durability.FSYNC) {
                syncFolder(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("write " + file, e);
        }
    }

    /** Whether a file found in a folder is the unfinished work of a writer that died. */
    public static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(SUFFIX);
    }

    /**
     * Removes a file; succeeds when it is gone already.
     *
     * @throws UncheckedIOException when it cannot be removed
     */
    public static void delete(Path file, Durability durability) {
        try {
            if (Files.deleteIfExists(file) && durability == Durability.FSYNC) {
                syncFolder(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("remove " + file, e);
        }
    }

    private static void fill(Path temporary, byte[] content, Durability durability) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(temporary, options, OWNER_ONLY)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durability == Durability.FSYNC) {
                channel.force(true);
            }
        }
    }

    /** The rename itself lies in the folder, which has to reach the disk too. */
    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
