package io.netd.engine.host;

import io.netd.engine.event.TraceContext;
import io.netd.engine.journal.CallingRuntime;
import java.util.Optional;

/**
 * Who is behind a request.
 *
 * @param runtime the runtime that called the plugin, as far as it is known and matters
 * @param trace the trace that the request belongs to
 */
public record Asker(Optional<CallingRuntime> runtime, TraceContext trace) {
    /** Nobody who could be named. */
    public static final Asker UNKNOWN = new Asker(Optional.empty(), TraceContext.NONE);
}
