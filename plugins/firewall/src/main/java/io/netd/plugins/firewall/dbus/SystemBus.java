package io.netd.plugins.firewall.dbus;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A connection to a D-Bus system bus for a few calls of one thread, which together have ten seconds. */
public final class SystemBus implements AutoCloseable {
    private static final String NAME = "org.freedesktop.DBus";
    private static final String OBJECT = "/org/freedesktop/DBus";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final int PATIENCE_SECONDS = 10;
    private static final int CAPACITY = 64 * 1024;

    /** Who we are the kernel tells the bus; nothing of ours is waited for in between. */
    private static final byte[] GREETING = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    private final ByteBuffer in = ByteBuffer.allocate(CAPACITY).flip();
    private int serial;

    private SystemBus(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        key = channel.register(selector, 0);
    }

    /**
     * Connects.
     *
     * @param socket the bus's socket
     * @throws BusException if nobody speaks D-Bus there, or not with us
     */
    public static SystemBus open(Path socket) {
        SystemBus bus = connect(socket);
        try {
            bus.send(ByteBuffer.wrap(GREETING));
            bus.serial++;
            bus.send(new BusCall(NAME, OBJECT, NAME, "Hello", List.of()).encode(bus.serial));
            bus.requireLine("DATA");
            bus.requireLine("OK ");
            bus.answer("Hello");
            return bus;
        } catch (IOException | IllegalArgumentException e) {
            bus.close();
            throw new BusException("D-Bus at " + socket, e);
        } catch (BusException e) {
            bus.close();
            throw e;
        }
    }

    /** Whether a program has that name on the bus. */
    public boolean isThere(String name) {
        return exchange(new BusCall(NAME, OBJECT, NAME, "NameHasOwner", List.of(name)))
                .truth();
    }

    /**
     * Calls a method that answers with a boolean.
     *
     * @throws BusException if it is refused, or not answered in time
     */
    public boolean ask(BusCall call) {
        return exchange(call).truth();
    }

    /**
     * Asks for a property that is a text.
     *
     * @throws BusException if it is refused, as by programs that have no such property, or not answered in time
     */
    public String property(String destination, String path, String owner, String name) {
        return exchange(new BusCall(destination, path, PROPERTIES, "Get", List.of(owner, name)))
                .text();
    }

    /**
     * Calls a method whose answer does not matter.
     *
     * @throws BusException if it is refused, or not answered in time
     */
    public void tell(BusCall call) {
        exchange(call);
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            key.cancel();
        } catch (IOException e) {
            throw new BusException("close the connection to D-Bus", e);
        }
    }

    private static SystemBus connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new SystemBus(channel, Selector.open());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BusException("D-Bus at " + socket, e);
        }
    }

    private BusReply exchange(BusCall call) {
        try {
            serial++;
            send(call.encode(serial));
            return answer(call.toString());
        } catch (IOException | IllegalArgumentException e) {
            throw new BusException("D-Bus: " + call, e);
        }
    }

    private BusReply answer(String what) throws IOException {
        while (true) {
            Optional<BusReply> next = BusReply.next(in);
            if (next.isEmpty()) {
                fill();
            } else if (next.get().answers() == serial) {
                if (next.get().isError()) {
                    throw new BusException(what, next.get().text());
                }
                return next.get();
            }
        }
    }

    private void requireLine(String beginning) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            if (!in.hasRemaining()) {
                fill();
            }
            line.append((char) in.get());
        }
        if (!line.toString().startsWith(beginning)) {
            throw new IOException("not let in: " + line.toString().strip());
        }
    }

    private void send(ByteBuffer out) throws IOException {
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private void fill() throws IOException {
        in.compact();
        try {
            int count = channel.read(in);
            while (count == 0) {
                await(SelectionKey.OP_READ);
                count = channel.read(in);
            }
            if (count < 0) {
                throw new EOFException("the bus has ended the connection");
            }
        } finally {
            in.flip();
        }
    }

    private void await(int operation) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        key.interestOps(operation);
        if (left <= 0 || selector.select(left) == 0) {
            throw new IOException("no answer within " + PATIENCE_SECONDS + " seconds");
        }
        selector.selectedKeys().clear();
    }
}
