package io.netd.linux.sys;

import static io.netd.linux.sys.Constants.EPOLLIN;
import static io.netd.linux.sys.Constants.EPOLL_CTL_ADD;
import static io.netd.linux.sys.Constants.EPOLL_CTL_DEL;
import static io.netd.linux.sys.Constants.O_CLOEXEC;

import java.util.ArrayList;
import java.util.List;

/** Waits for many descriptors to become readable. One thread waits; any thread adds and wakes. */
public final class Epoll implements AutoCloseable {
    private static final int BATCH = 64;
    private static final long WAKE = -1;

    private final Fd epoll;
    private final Fd waker;

    private Epoll(Fd epoll, Fd waker) {
        this.epoll = epoll;
        this.waker = waker;
    }

    /**
     * A new one.
     *
     * @throws LinuxException when there are too many open files
     */
    public static Epoll open() {
        Fd epoll = Fd.owning(Libc.check("epoll_create1", Libc.events().epoll_create1(O_CLOEXEC), ""));
        try {
            Fd waker = Fd.owning(Libc.check("eventfd", Libc.events().eventfd(0, O_CLOEXEC), ""));
            Epoll opened = new Epoll(epoll, waker);
            opened.control(EPOLL_CTL_ADD, waker, WAKE);
            return opened;
        } catch (LinuxException e) {
            epoll.close();
            throw e;
        }
    }

    /**
     * Waits for this descriptor too, until {@link #remove}.
     *
     * @param key not negative; {@link #await} names the descriptor by it
     * @throws LinuxException when the kernel refuses
     */
    public void add(Fd fd, long key) {
        control(EPOLL_CTL_ADD, fd, key);
    }

    /**
     * Waits for this descriptor no longer.
     *
     * @throws LinuxException ENOENT when it was not added
     */
    public void remove(Fd fd) {
        control(EPOLL_CTL_DEL, fd, 0);
    }

    private void control(int operation, Fd fd, long key) {
        int result = Libc.events().epoll_ctl(epoll.number(), operation, fd.number(), EpollEvent.of(EPOLLIN, key));
        Libc.check("epoll_ctl", result, fd);
    }

    /**
     * The keys of descriptors that are readable, waiting for the first; empty after {@link #wake}.
     *
     * @throws LinuxException when the kernel refuses
     */
    public List<Long> await() {
        byte[] events = new byte[BATCH * EpollEvent.SIZE];
        int count = Libc.events().epoll_wait(epoll.number(), events, BATCH, -1);
        Errno errno = count == -1 ? Libc.lastErrno() : Errno.UNKNOWN;
        if (count == -1 && errno != Errno.EINTR) {
            throw new LinuxException("epoll_wait", errno, "");
        }
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long key = EpollEvent.data(events, i);
            if (key == WAKE) {
                return List.of();
            }
            keys.add(key);
        }
        return count == -1 ? await() : keys;
    }

    /** Ends the waiting of {@link #await}, now and from now on. */
    public void wake() {
        waker.write(new byte[] {1, 1, 1, 1, 1, 1, 1, 0});
    }

    /** Only when nobody waits any more. */
    @Override
    public void close() {
        waker.close();
        epoll.close();
    }
}
