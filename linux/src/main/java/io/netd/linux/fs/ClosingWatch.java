package io.netd.linux.fs;

import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Epoll;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.Libc;
import io.netd.linux.sys.LinuxException;
import java.nio.file.Path;

/**
 * Tells when somebody closes a file, such as a lock file whose lock goes with that (inotify(7)), on a thread of its own.
 * Many closings may be told as one. What the action throws goes to the thread's uncaught-exception handler and ends the watch.
 */
public final class ClosingWatch implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;

    /** Events of one file have no name: 16 bytes each. */
    private static final int BUFFER = 4096;

    private final Epoll epoll = Epoll.open();
    private final Fd notices;
    private boolean closed;

    private ClosingWatch(Fd notices, Runnable action) {
        this.notices = notices;
        epoll.add(notices, 0);
        Thread thread = new Thread(() -> loop(action), "closing-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts watching a file, which is made, empty and its owner's only, where there is none.
     *
     * @throws LinuxException when the kernel refuses
     */
    public static ClosingWatch open(Path file, Runnable action) {
        Fd.open(file, Constants.O_RDONLY | Constants.O_CREAT, OWNER_ONLY).close();
        Fd notices = Fd.owning(Libc.check(
                "inotify_init1", Libc.events().inotify_init1(Constants.O_CLOEXEC | Constants.O_NONBLOCK), file));
        try {
            int mask = Constants.IN_CLOSE_WRITE | Constants.IN_CLOSE_NOWRITE;
            Libc.check(
                    "inotify_add_watch",
                    Libc.events().inotify_add_watch(notices.number(), Libc.text(file), mask),
                    file);
            return new ClosingWatch(notices, action);
        } catch (LinuxException e) {
            notices.close();
            throw e;
        }
    }

    private void loop(Runnable action) {
        byte[] buffer = new byte[BUFFER];
        while (!epoll.await().isEmpty()) {
            Libc.files().read(notices.number(), buffer, buffer.length);
            action.run();
        }
        notices.close();
        epoll.close();
    }

    /** Ends the watch; idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            epoll.wake();
        }
    }
}
