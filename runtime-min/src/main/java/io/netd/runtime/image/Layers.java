package io.netd.runtime.image;

import io.netd.linux.fs.FileFailure;
import io.netd.runtime.ContainerException;
import io.netd.runtime.store.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacked layers, one directory each, named by the digest of the uncompressed archive: equal layers are there once. The
 * directory around them is closed to everybody else, for layers hold set-user-id programs (CVE-2021-41091).
 */
final class Layers {
    private static final String UNFINISHED = "tmp-";

    private final Path directory;

    /** A layer that is there. */
    record Layer(String digest, long sizeBytes) {}

    private Layers(Path directory) {
        this.directory = directory;
    }

    static Layers open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> unfinished = entries.filter(
                            path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
            unfinished.forEach(FileTree::delete);
        }
        return new Layers(directory);
    }

    Path directory() {
        return directory;
    }

    /** Unpacks an archive into a fresh directory, which gets its name when everything is there. */
    Layer add(InputStream archive) {
        Path draft = draft();
        try (DigestInputStream tar = new DigestInputStream(TarStream.unpacked(archive), Digest.start())) {
            long size = new TarExtractor(draft, TarExtractor.Bounds.USUAL).extract(tar);
            tar.transferTo(java.io.OutputStream.nullOutputStream());
            String digest = Digest.finish(tar.getMessageDigest());
            settle(draft, directory.resolve(Digest.hex(digest)));
            return new Layer(digest, size);
        } catch (IOException e) {
            throw ContainerException.failed("read the archive: " + FileFailure.reason(e), e);
        } finally {
            FileTree.delete(draft);
        }
    }

    private Path draft() {
        try {
            Path draft = Files.createTempDirectory(directory, UNFINISHED);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            return draft;
        } catch (IOException e) {
            throw ContainerException.failed("make a directory in " + directory + ": " + FileFailure.reason(e), e);
        }
    }

    private static void settle(Path draft, Path place) throws IOException {
        try {
            if (!Files.isDirectory(place)) {
                Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException sameLayer) {
            // Somebody else imported the same bytes meanwhile: theirs is as good.
        }
    }

    void remove(String digest) {
        FileTree.delete(directory.resolve(Digest.hex(digest)));
    }
}
