package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.O_DIRECTORY;
import static io.netd.linux.sys.Constants.O_RDONLY;

import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;

/**
 * Writes files so that a reader, or the next start after a crash, finds the old content or the new one, never a part. An
 * interrupted thread does it like any other.
 */
public final class AtomicFile {
    private static final int OWNER_ONLY = 0600;
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /**
     * Replaces or creates the file, readable by its owner only. The folder must exist. Two writers of one file must not
     * write at once.
     *
     * @throws LinuxException when that fails, ENOENT without the folder; the old content is still there then
     */
    public static void write(Path file, byte[] content, Durability durability) {
        Path temporary = file.resolveSibling("." + file.getFileName() + SUFFIX);
        try {
            fill(temporary, content, durability);
            SmallFiles.rename(temporary, file);
        } catch (LinuxException e) {
            SmallFiles.remove(temporary);
            throw e;
        }
        if (durability == Durability.FSYNC) {
            syncFolder(file);
        }
    }

    /** Left over by a writer that died, it is written over: nobody else writes this file now. */
    private static void fill(Path temporary, byte[] content, Durability durability) {
        try (Fd fd = SmallFiles.empty(temporary, OWNER_ONLY)) {
            fd.writeAll(content);
            if (durability == Durability.FSYNC) {
                fd.sync();
            }
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
     * @throws LinuxException when it cannot be removed
     */
    public static void delete(Path file, Durability durability) {
        if (SmallFiles.remove(file) && durability == Durability.FSYNC) {
            syncFolder(file);
        }
    }

    /** The rename itself lies in the folder, which has to reach the disk too. */
    private static void syncFolder(Path file) {
        try (Fd folder = Fd.open(file.toAbsolutePath().getParent(), O_RDONLY | O_DIRECTORY)) {
            folder.sync();
        }
    }
}
