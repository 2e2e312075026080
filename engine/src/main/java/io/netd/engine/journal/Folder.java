package io.netd.engine.journal;

import static io.netd.linux.sys.Constants.O_APPEND;
import static io.netd.linux.sys.Constants.O_NOFOLLOW;
import static io.netd.linux.sys.Constants.O_WRONLY;

import io.netd.linux.fs.AtomicFile;
import io.netd.linux.fs.Durability;
import io.netd.linux.fs.FileFailure;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Small files in a tree, each replaced as a whole. */
public final class Folder {
    private static final String SUFFIX = ".json";

    private final Path root;
    private final Durability durability;

    /** A folder below /run, where fsync would buy nothing; it is made with its first file. */
    public Folder(Path root) {
        this(root, Durability.TMPFS);
    }

    /** A folder that is made with its first file. */
    public Folder(Path root, Durability durability) {
        this.root = root;
        this.durability = durability;
    }

    /** Hands over every file, in the order of names. */
    public void read(BiConsumer<Path, byte[]> reader) {
        for (Path file : files()) {
            reader.accept(file, bytes(file));
        }
    }

    /** Writes a file, whole or not at all. */
    public void write(Path name, byte[] content) {
        Path file = root.resolve(name);
        try {
            if (!isWritten(file, content)) {
                Files.createDirectories(file.getParent());
                AtomicFile.write(file, content, durability);
            }
        } catch (IOException | LinuxException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }

    /** Writes behind what a file holds; false when there is no such file. */
    public boolean append(Path name, byte[] more) {
        Path file = root.resolve(name);
        try (Fd fd = Fd.open(file, O_WRONLY | O_APPEND | O_NOFOLLOW)) {
            fd.write(more);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }

    /** The folder is nearly always there, and asking for it costs more than writing. */
    private boolean isWritten(Path file, byte[] content) {
        try {
            AtomicFile.write(file, content, durability);
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /** Removes a file. */
    public void remove(Path name) {
        Path file = root.resolve(name);
        try {
            AtomicFile.delete(file, durability);
        } catch (LinuxException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }

    /** Removes everything. */
    public void clear() {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new JournalException(root + ": " + FileFailure.reason(e), e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new JournalException(root + ": " + FileFailure.reason(e), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }
}
