package io.netd.portmap.relay;

import io.netd.linux.sys.Epoll;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is continued when descriptors change. One thread waits; all else by whoever has the relay's lock. */
final class Watches implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watches.class.getName());

    private final Epoll epoll = Epoll.open();
    private final Map<Long, Watched> watched = new HashMap<>();
    private final Set<Long> unfinished = new LinkedHashSet<>();
    private long last;

    /**
     * Continues it when one of the descriptors changes; at once where something has happened already.
     *
     * @return what to remove it by
     * @throws LinuxException when the kernel refuses; then it is not watched
     */
    long add(Watched more, Fd... descriptors) {
        last++;
        watched.put(last, more);
        try {
            for (Fd descriptor : descriptors) {
                epoll.addChanges(descriptor, last);
            }
        } catch (LinuxException e) {
            watched.remove(last);
            throw e;
        }
        return last;
    }

    /** The descriptors are closed, or will be at once. */
    void remove(long key) {
        watched.remove(key);
        unfinished.remove(key);
    }

    /**
     * Waits, without the lock.
     *
     * @param milliseconds how long, {@link Epoll#FOREVER} for no end
     * @return what {@link #proceed} is to be told; empty after {@link #wake} and when nothing happened
     */
    List<Long> await(int milliseconds) {
        return epoll.await(milliseconds);
    }

    /** Continues what has changed, and what had not come to its end last time; whether something has not now. */
    boolean proceed(List<Long> changed) {
        Set<Long> now = new LinkedHashSet<>(changed);
        now.addAll(unfinished);
        unfinished.clear();
        for (long key : now) {
            if (proceed(key)) {
                unfinished.add(key);
            }
        }
        return !unfinished.isEmpty();
    }

    private boolean proceed(long key) {
        try {
            return watched.containsKey(key) && watched.get(key).proceed();
        } catch (RuntimeException e) {
            // One that cannot go on must not keep the others from it.
            LOG.log(Level.ERROR, "relay to [::1]: " + e.getMessage(), e);
            remove(key);
            return false;
        }
    }

    /** Ends {@link #await}, now and from now on. */
    void wake() {
        epoll.wake();
    }

    /** Only when nobody waits any more. */
    @Override
    public void close() {
        epoll.close();
    }
}
