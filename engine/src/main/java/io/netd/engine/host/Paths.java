package io.netd.engine.host;

import io.netd.linux.fs.RootDirectory;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths as a caller means them, held open for one request; on our own root they are what they seem. */
final class Paths implements AutoCloseable {
    private final Optional<RootDirectory> callers;
    private final List<Fd> held = new ArrayList<>();
    private Optional<RootDirectory> own = Optional.empty();

    Paths(Optional<RootDirectory> callers) {
        this.callers = callers;
    }

    RootDirectory root() {
        if (callers.isPresent()) {
            return callers.get();
        }
        if (own.isEmpty()) {
            own = Optional.of(RootDirectory.ofHost());
        }
        return own.get();
    }

    /** The deepest folder that exists is opened below the caller's root; what is missing follows it. */
    Path resolve(Path absolute) {
        return callers.isPresent() ? resolve(callers.get(), absolute.normalize()) : absolute;
    }

    private Path resolve(RootDirectory root, Path absolute) {
        Path existing = absolute;
        Optional<Fd> folder = open(root, existing);
        while (folder.isEmpty()) {
            existing = existing.getParent();
            folder = open(root, existing);
        }
        held.add(folder.get());
        return folder.get().procPath().resolve(existing.relativize(absolute));
    }

    private static Optional<Fd> open(RootDirectory root, Path path) {
        try {
            return Optional.of(root.open(path.toString(), Constants.O_PATH | Constants.O_DIRECTORY));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT && path.getParent() != null) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        own.ifPresent(RootDirectory::close);
        held.forEach(Fd::close);
        held.clear();
    }
}
