package io.netd.daemon;

import io.netd.daemon.config.DaemonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The folders that a daemon keeps its state in, and how they go when netd is uninstalled. */
final class StateFolders {
    private static final List<String> OF_DATA_ROOT =
            List.of("containers", "images", "layers", "networks", "references.json");
    private static final List<String> OF_EXEC_ROOT = List.of(
            "attachments",
            "containers",
            "leases",
            "networks",
            "queue",
            "settings",
            "journal.lock",
            "bus.sock",
            "netd.sock");

    private StateFolders() {}

    /** Deletes what netd keeps below its two roots, and the roots themselves unless there is something of others in them. */
    static void delete(DaemonConfig config) {
        delete(config.dataRoot(), OF_DATA_ROOT);
        delete(config.execRoot(), OF_EXEC_ROOT);
    }

    private static void delete(Path root, List<String> own) {
        try {
            for (String name : own) {
                deleteTree(root.resolve(name));
            }
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else keeps things here, too: the folder stays.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path top) throws IOException {
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Never made.
        }
    }
}
