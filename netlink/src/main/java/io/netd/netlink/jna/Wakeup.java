package io.netd.netlink.jna;

import com.sun.jna.Memory;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;

/** Waits for a socket to become readable until another thread calls the wait off. */
final class Wakeup implements AutoCloseable {
    private static final int POLLFD = 8;

    private final int fd = LibC.check("eventfd", LibC.eventfd(0, LibC.EFD_CLOEXEC), "");
    private final Memory poll = new Memory(2 * POLLFD);

    /** Whether the socket is readable; false once {@link #wake} was called. */
    boolean await(int socket) {
        poll.setInt(0, socket);
        poll.setShort(4, LibC.POLLIN);
        poll.setInt(POLLFD, fd);
        poll.setShort(POLLFD + 4, LibC.POLLIN);
        while (LibC.poll(poll, 2, -1) < 0) {
            Errno errno = LibC.lastError();
            if (errno != Errno.EINTR) {
                throw new LinuxException("poll", errno, "");
            }
        }
        return poll.getShort(POLLFD + 6) == 0;
    }

    void wake() {
        try (Memory one = new Memory(8)) {
            one.setLong(0, 1);
            LibC.write(fd, one, 8);
        }
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
