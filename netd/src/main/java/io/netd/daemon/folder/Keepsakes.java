package io.netd.daemon.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.netd.linux.fs.FileLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is remembered in a plugin folder, in the folder {@code .netd} inside of it, so that all of it is on one file
 * system: {@code kept/NAME}, a second link of the file that stood there before; {@code installed/NAME}, a symlink as the
 * one that was put there; and {@code made}, a symlink to the topmost folder that was made. A symlink is written in one
 * step, and a second link is the file itself: its content, owner and times cannot get lost on the way.
 */
record Keepsakes(Path store, FileLock lock) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whether anything is remembered in a plugin folder. */
    static boolean exist(Path folder) {
        return Files.isDirectory(store(folder));
    }

    /** Begins to remember; a second process waits for the first. */
    static Keepsakes open(Path folder) throws IOException {
        Path store = store(folder);
        Files.createDirectories(store);
        Keepsakes keepsakes = new Keepsakes(store, FileLock.acquire(store.resolve("lock"), PATIENCE));
        Files.createDirectories(keepsakes.kept(""));
        Files.createDirectories(keepsakes.installed(""));
        return keepsakes;
    }

    /** Where what stood there before is kept. */
    Path kept(String name) {
        return store.resolve("kept").resolve(name);
    }

    private Path installed(String name) {
        return store.resolve("installed").resolve(name);
    }

    /** A name on the folder's file system that means nothing yet. */
    Path fresh() throws IOException {
        Path fresh = store.resolve("new");
        Files.deleteIfExists(fresh);
        return fresh;
    }

    /** Keeps a file by a second link; a file kept earlier gives way. Nothing is kept twice. */
    void keep(Path file, String name) throws IOException {
        if (isSame(file, kept(name))) {
            return;
        }
        Path fresh = fresh();
        Files.createLink(fresh, file);
        Files.move(fresh, kept(name), ATOMIC_MOVE);
    }

    /** Whether two names are one file: renaming one to the other would do nothing. */
    static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one, NOFOLLOW_LINKS) && Files.exists(other, NOFOLLOW_LINKS) && key(one).equals(key(other));
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .fileKey();
    }

    /** The symlink that was put there, as far as is known. */
    Optional<Path> target(String name) throws IOException {
        Path link = installed(name);
        return Files.isSymbolicLink(link) ? Optional.of(Files.readSymbolicLink(link)) : Optional.empty();
    }

    /** Remembers the symlink that is put there. */
    void remember(String name, Path target) throws IOException {
        Path fresh = fresh();
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, installed(name), ATOMIC_MOVE);
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(installed(name));
    }

    /** Everything that was installed or kept, by name. */
    List<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>(namesIn(kept("")));
        names.addAll(namesIn(installed("")));
        return List.copyOf(names);
    }

    static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Remembers that the folder, and which ones above it, were made for the plugins. */
    void rememberMade(Path topmost) throws IOException {
        Files.createSymbolicLink(store.resolve("made"), topmost);
    }

    /**
     * Forgets everything, unless a file is still kept.
     *
     * @return the topmost folder that was made, if any was
     */
    Optional<Path> forgetAll() throws IOException {
        Path made = store.resolve("made");
        if (!namesIn(kept("")).isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> topmost =
                Files.isSymbolicLink(made) ? Optional.of(Files.readSymbolicLink(made)) : Optional.empty();
        for (String name : List.of("kept", "installed", "made", "new", "lock", "")) {
            Files.deleteIfExists(store.resolve(name));
        }
        return topmost;
    }

    /** Whether the folder could be removed: it was empty. */
    static boolean removed(Path folder) throws IOException {
        try {
            return Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    private static Path store(Path folder) {
        return folder.resolve(".netd");
    }

    /** Lets the next process at it. */
    @Override
    public void close() {
        lock.close();
    }
}
