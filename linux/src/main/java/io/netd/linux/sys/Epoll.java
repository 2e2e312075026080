package io.netd.linux.sys;

import static io.netd.linux.sys.Constants.EPOLLET;
import static io.netd.linux.sys.Constants.EPOLLIN;
import static io.netd.linux.sys.Constants.EPOLLOUT;
import static io.netd.linux.sys.Constants.EPOLLRDHUP;
import static io.netd.linux.sys.Constants.EPOLL_CTL_ADD;
import static io.netd.linux.sys.Constants.EPOLL_CTL_DEL;
import static io.netd.linux.sys.Constants.O_CLOEXEC;

import java.util.ArrayList;
import java.util.List;

/** Waits for many descriptors to become readable, or writable. One thread waits; any thread adds and wakes. */
public final class Epoll implements AutoCloseable {
    private static final int BATCH = 64;
    private static final long WAKE = -1;
    private static final int CHANGES = (int) (EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);

    /** Until something happens. */
    public static final int FOREVER = -1;

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
     * Waits for changes of this descriptor (EPOLLET), until it is closed: {@link #await} names it once each time that it
     * becomes readable or writable or comes to its end. Whoever is told reads and writes until there is nothing to do.
     *
     * @param key not negative
     * @throws LinuxException when the kernel refuses
     */
    public void addChanges(Fd fd, long key) {
        control(EPOLL_CTL_ADD, fd, CHANGES, key);
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
        control(operation, fd, EPOLLIN, key);
    }

    private void control(int operation, Fd fd, int events, long key) {
        int result = Libc.events().epoll_ctl(epoll.number(), operation, fd.number(), EpollEvent.of(events, key));
        Libc.check("epoll_ctl", result, fd);
    }

    /**
     * The keys of descriptors that are readable, waiting for the first; empty after {@link #wake}.
     *
     * @throws LinuxException when the kernel refuses
     */
    public List<Long> await() {
        return await(FOREVER);
    }

    /**
     * As {@link #await()}, but not longer than some time; empty when nothing happened.
     *
     * @param milliseconds 0 for what has happened already, {@link #FOREVER} for no end
     * @throws LinuxException when the kernel refuses
     */
    public List<Long> await(int milliseconds) {
        byte[] events = new byte[BATCH * EpollEvent.SIZE];
        int count = Libc.events().epoll_wait(epoll.number(), events, BATCH, milliseconds);
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
        return count == -1 ? await(milliseconds) : keys;
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
