package io.netd.linux.ns;

import static io.netd.linux.sys.Constants.CLONE_NEWNET;

import io.netd.linux.fs.FileIdentity;
import io.netd.linux.fs.Mounts;
import io.netd.linux.proc.OwnPath;
import io.netd.linux.proc.Program;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * An open network namespace; while it is open the namespace stays alive. Thread-safe. Sockets opened inside {@link #call}
 * stay in the namespace for good, so enter to open and work from outside.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/ns/net");

    private final Fd fd;
    private final NamespaceId id;

    private NetworkNamespace(Fd fd) {
        this.fd = fd;
        this.id = identify(fd);
    }

    /** The calling thread's namespace. */
    public static NetworkNamespace current() {
        return open(OF_THIS_THREAD);
    }

    /**
     * The namespace at a path: {@code /proc/PID/ns/net}, {@code /proc/PID/fd/N} or a file it is pinned to.
     *
     * @throws LinuxException when the file cannot be opened; EINVAL when it is not a network namespace
     */
    public static NetworkNamespace open(Path path) {
        // O_NONBLOCK: a path from outside may lead to a FIFO, whose open would wait for a writer.
        Fd fd = Fd.open(path, Constants.O_RDONLY | Constants.O_NONBLOCK);
        try {
            NamespaceKind.requireNetwork(fd, path);
            return new NetworkNamespace(fd);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }

    /** A new namespace without a name; it is gone when this is closed and nothing else lives in it. Its lo is down. */
    public static NetworkNamespace create() {
        // unshare() moves the calling thread for good, so a thread is spent on it.
        return ThrowawayThread.call("create network namespace", () -> {
            Libc.check("unshare", Libc.namespaces().unshare(CLONE_NEWNET), "CLONE_NEWNET");
            return current();
        });
    }

    /** What tells this namespace from others that live now. */
    public NamespaceId id() {
        return id;
    }

    /** The descriptor; it stays this object's own. */
    public Fd fd() {
        return fd;
    }

    /**
     * A number that no other network namespace has before the next boot.
     *
     * @throws LinuxException when no socket can be opened inside
     */
    public long cookie() {
        return call(() -> NamespaceCookie.ofThisThread().orElse(id.inode()));
    }

    /**
     * Runs a body inside the namespace on the calling thread, which must be a platform thread.
     *
     * @throws LinuxException when the namespace cannot be entered
     * @throws NamespaceLostError when the thread cannot come back
     */
    public <T> T call(Supplier<T> body) {
        requirePlatformThread();
        NetworkNamespace from = Whereabouts.ofThisThread();
        if (from.id.equals(id)) {
            return body.get();
        }
        Libc.check("setns", Libc.namespaces().setns(fd.number(), CLONE_NEWNET), id);
        Whereabouts.set(this);
        try {
            return body.get();
        } finally {
            comeBack(from);
        }
    }

    /** {@link #call} for a body without a result. */
    public void run(Runnable body) {
        call(() -> {
            body.run();
            return this;
        });
    }

    /**
     * The program so that it runs inside, for as long as this is open. It is not started by a thread inside: the JDK's
     * thread that waits for the child would inherit the namespace and keep it alive for a minute.
     */
    public Program entering(Program program) {
        try (NetworkNamespace here = current()) {
            return here.id.equals(id)
                    ? program
                    : program.through(List.of(OwnPath.find("nsenter"), "--net=" + fd.sharedPath()));
        }
    }

    private void comeBack(NetworkNamespace from) {
        try {
            Libc.check("setns", Libc.namespaces().setns(from.fd.number(), CLONE_NEWNET), "back from " + id);
            Whereabouts.set(from);
        } catch (LinuxException | IllegalStateException e) {
            throw new NamespaceLostError(Thread.currentThread() + " is left in " + id, e);
        }
    }

    /** A virtual thread may change its carrier inside the body and leave it in the wrong namespace. */
    private static void requirePlatformThread() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        if (group != null && group.getName().equals("VirtualThreads")) {
            throw new IllegalStateException("a namespace is entered by platform threads only");
        }
    }

    /**
     * Binds the namespace to a file, which is created: it lives on without any process until {@link #unpin}.
     *
     * @throws LinuxException EEXIST when the file exists; or when the mount fails, and then the file is gone again
     */
    public void pin(Path file) {
        Fd.open(file, Constants.O_RDONLY | Constants.O_CREAT | Constants.O_EXCL, 0)
                .close();
        try {
            Mounts.bind(fd.procPath(), file);
        } catch (LinuxException e) {
            remove(file);
            throw e;
        }
    }

    /**
     * Takes the file of {@link #pin} away; succeeds when it is gone already.
     *
     * @throws LinuxException when it cannot be unmounted
     */
    public static void unpin(Path file) {
        try {
            Mounts.unmount(file);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        remove(file);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("remove " + file, e);
        }
    }

    private static NamespaceId identify(Fd fd) {
        FileIdentity found = FileIdentity.of(fd);
        return new NamespaceId(found.device(), found.inode());
    }

    /** Lets the namespace go. */
    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
