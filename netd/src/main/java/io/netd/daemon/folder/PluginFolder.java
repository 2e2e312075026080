package io.netd.daemon.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.netd.netctl.api.PluginChange;
import io.netd.netctl.api.PluginChange.Action;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A runtime's plugin folder, in which netd's plugins stand as symlinks. Not as copies: the client finds the daemon's home
 * by the path of its own program, which is that of the symlink's target, on whatever file system the folder is; and the
 * next netd in the same place is installed already. Every plugin is put in place by rename(2): there is no moment without
 * it, and a program that runs (ETXTBSY) is not written to.
 *
 * @param home netd's own plugin folder
 * @param done is told each thing done
 */
record PluginFolder(Path folder, Path home, Consumer<PluginChange> done) {
    /** Puts every plugin in place. After a failure it can be repeated or undone. */
    void install() throws IOException {
        Optional<Path> topmost = make();
        requireFit();
        try (Keepsakes keepsakes = Keepsakes.open(folder)) {
            if (topmost.isPresent()) {
                keepsakes.rememberMade(topmost.get());
            }
            for (String name : Keepsakes.namesIn(home)) {
                install(name, keepsakes);
            }
        }
    }

    /** The topmost folder that had to be made, if any. */
    private Optional<Path> make() throws IOException {
        if (Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Path topmost = folder.normalize();
        while (topmost.getParent() != null && !Files.exists(topmost.getParent())) {
            topmost = topmost.getParent();
        }
        Files.createDirectories(folder);
        tell(folder, Action.MADE, Optional.empty());
        return Optional.of(topmost);
    }

    /** Looks at everything before anything is changed. */
    private void requireFit() throws IOException {
        if (Files.isSameFile(folder, home)) {
            throw new FileSystemException(folder.toString(), null, "this is netd's own plugin folder");
        }
        for (String name : Keepsakes.namesIn(home)) {
            if (Files.isDirectory(folder.resolve(name), NOFOLLOW_LINKS)) {
                throw new FileSystemException(
                        folder.resolve(name).toString(), null, "a directory stands where the plugin should");
            }
        }
    }

    /**
     * What stands there is kept first, then remembered what comes, then swapped: whoever is killed in between has changed
     * nothing that counts. Another netd's symlink, though, is remembered until it is gone.
     */
    private void install(String name, Keepsakes keepsakes) throws IOException {
        Path place = folder.resolve(name);
        Path target = home.resolve(name);
        Optional<Path> present = link(place);
        if (present.equals(Optional.of(target))) {
            // A symlink that the operator made himself stays his.
            if (keepsakes.target(name).isPresent()) {
                keepsakes.remember(name, target);
            }
            tell(place, Action.UNCHANGED, Optional.empty());
            return;
        }
        boolean isOurs = present.isPresent() && present.equals(keepsakes.target(name));
        boolean isKept = !isOurs && Files.exists(place, NOFOLLOW_LINKS);
        if (isKept) {
            keepsakes.keep(place, name);
        }
        if (!isOurs) {
            keepsakes.remember(name, target);
        }
        Path fresh = keepsakes.fresh();
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, place, ATOMIC_MOVE);
        keepsakes.remember(name, target);
        tell(place, Action.INSTALLED, isKept ? Optional.of(keepsakes.kept(name).toString()) : Optional.empty());
    }

    /** Restores what stood there before, and removes the folder if it was made for the plugins and is empty. */
    void uninstall() throws IOException {
        if (!Keepsakes.exist(folder)) {
            return;
        }
        Optional<Path> topmost;
        try (Keepsakes keepsakes = Keepsakes.open(folder)) {
            for (String name : keepsakes.names()) {
                uninstall(name, keepsakes);
            }
            topmost = keepsakes.forgetAll();
        }
        if (topmost.isPresent()) {
            unmake(topmost.get());
        }
    }

    private void uninstall(String name, Keepsakes keepsakes) throws IOException {
        Path place = folder.resolve(name);
        Path kept = keepsakes.kept(name);
        Optional<Path> present = link(place);
        boolean isOurs = present.isPresent()
                && (present.equals(keepsakes.target(name)) || present.get().equals(home.resolve(name)));
        boolean isKept = Files.exists(kept, NOFOLLOW_LINKS);
        if (Keepsakes.isSame(place, kept)) {
            Files.delete(kept);
        } else if (!isOurs && Files.exists(place, NOFOLLOW_LINKS)) {
            tell(place, Action.LEFT_ALONE, isKept ? Optional.of(kept.toString()) : Optional.empty());
        } else if (isKept) {
            Files.move(kept, place, ATOMIC_MOVE);
            tell(place, Action.RESTORED, Optional.empty());
        } else if (Files.deleteIfExists(place)) {
            tell(place, Action.REMOVED, Optional.empty());
        }
        keepsakes.forget(name);
    }

    private void unmake(Path topmost) throws IOException {
        Path next = folder.normalize();
        while (next != null && next.startsWith(topmost) && Keepsakes.removed(next)) {
            tell(next, Action.REMOVED, Optional.empty());
            next = next.getParent();
        }
    }

    private static Optional<Path> link(Path place) throws IOException {
        return Files.isSymbolicLink(place) ? Optional.of(Files.readSymbolicLink(place)) : Optional.empty();
    }

    private void tell(Path path, Action action, Optional<String> kept) {
        done.accept(new PluginChange(path.toString(), action, kept));
    }
}
