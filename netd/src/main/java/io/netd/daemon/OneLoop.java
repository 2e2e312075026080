package io.netd.daemon;

import io.netty.channel.EventLoopGroup;
import io.vertx.core.transport.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * A transport whose connections are accepted by the loop that serves them: Vert.x's own thread for accepting would have to
 * be woken first by every call, and would then wake the loop. For one Vert.x.
 */
final class OneLoop implements Transport {
    private final Transport transport;
    private Optional<EventLoopGroup> loop = Optional.empty();

    /** Otherwise like {@code transport}. */
    OneLoop(Transport transport) {
        this.transport = transport;
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public boolean available() {
        return transport.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return transport.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        io.vertx.core.spi.transport.Transport plain = transport.implementation();
        return (io.vertx.core.spi.transport.Transport) Proxy.newProxyInstance(
                OneLoop.class.getClassLoader(),
                new Class<?>[] {io.vertx.core.spi.transport.Transport.class},
                (proxy, method, arguments) -> method.getName().equals("eventLoopGroup")
                        ? loop(plain, arguments)
                        : call(plain, method, arguments));
    }

    /** Vert.x asks for two: one that accepts and one that serves. */
    private synchronized EventLoopGroup loop(io.vertx.core.spi.transport.Transport plain, Object... arguments) {
        if (loop.isEmpty()) {
            ThreadFactory threads = (ThreadFactory) arguments[2];
            loop = Optional.of(plain.eventLoopGroup(
                    io.vertx.core.spi.transport.Transport.IO_EVENT_LOOP_GROUP, 1, threads, (int) arguments[3]));
        }
        return loop.get();
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
