package io.netd.portmap.relay;

import io.netd.linux.net.DatagramSocket;
import io.netd.linux.net.Endpoint;
import io.netd.linux.sys.Epoll;
import io.netd.linux.sys.LinuxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The clients of all UDP ports; who has been silent longest gives way, and ends when it is too long. On the relay's thread. */
final class Associations {
    private record Key(UdpPort port, Endpoint client) {}

    private static final class Entry {
        private final Association association;
        private final long watch;
        private long lastUse;

        Entry(Association association, long watch) {
            this.association = association;
            this.watch = watch;
        }
    }

    private final Watches watches;
    private final ByteBuffer room;
    private final int most;
    private final long idle;

    /** In the order of their last use. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * At most so many.
     *
     * @param room for one datagram
     * @param idle for how long one may be silent
     */
    Associations(Watches watches, ByteBuffer room, int most, Duration idle) {
        this.watches = watches;
        this.room = room;
        this.most = most;
        this.idle = idle.toNanos();
    }

    /**
     * The one of a client, who uses it now.
     *
     * @throws LinuxException when there is none yet and none can be made
     */
    Association of(UdpPort port, Endpoint client, Destination destination) {
        Key key = new Key(port, client);
        if (!entries.containsKey(key)) {
            if (entries.size() >= most) {
                end(entries.keySet().iterator().next());
            }
            entries.put(key, open(key, destination));
        }
        use(key);
        return entries.get(key).association;
    }

    private Entry open(Key key, Destination destination) {
        DatagramSocket container = DatagramSocket.connected(new Endpoint(destination.address(), destination.port()));
        Association opened = new Association(key.port(), key.client(), container, room, () -> use(key));
        try {
            return new Entry(opened, watches.add(opened, container.fd()));
        } catch (LinuxException e) {
            container.close();
            throw e;
        }
    }

    private void use(Key key) {
        entries.get(key).lastUse = System.nanoTime();
    }

    /** Ends those of a port. */
    void end(UdpPort port) {
        List.copyOf(entries.keySet()).stream().filter(key -> key.port() == port).forEach(this::end);
    }

    private void end(Key key) {
        Entry ended = entries.remove(key);
        watches.remove(ended.watch);
        ended.association.close();
    }

    /** Ends those that have been silent too long; in how many milliseconds to look again, {@link Epoll#FOREVER} for never. */
    int endSilent() {
        long now = System.nanoTime();
        for (Map.Entry<Key, Entry> entry : List.copyOf(entries.entrySet())) {
            long left = idle - (now - entry.getValue().lastUse);
            if (left > 0) {
                return (int) TimeUnit.NANOSECONDS.toMillis(left) + 1;
            }
            end(entry.getKey());
        }
        return Epoll.FOREVER;
    }
}
