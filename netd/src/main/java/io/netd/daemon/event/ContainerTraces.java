package io.netd.daemon.event;

import io.netd.engine.event.TraceContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which traces the commands belong to that work on containers: what becomes of a container meanwhile is a part of that trace,
 * on whatever thread the runtime notices it. Any thread.
 */
public final class ContainerTraces {
    private final Map<String, TraceContext> traces = new ConcurrentHashMap<>();

    /** A command works on a container, on this thread. */
    public <T> T during(String id, Supplier<T> command) {
        TraceContext trace = TraceContext.current();
        if (trace.equals(TraceContext.NONE)) {
            return command.get();
        }
        traces.put(id, trace);
        try {
            return command.get();
        } finally {
            traces.remove(id, trace);
        }
    }

    /** What something that becomes of a container belongs to. */
    public TraceContext of(String id) {
        return traces.getOrDefault(id, TraceContext.NONE);
    }
}
