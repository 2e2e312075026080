package io.netd.engine.host;

import io.netd.engine.event.TraceContext;
import io.netd.engine.journal.CallingRuntime;
import io.netd.plugins.spi.CallingProgram;
import java.util.Optional;

/**
 * Who is behind a request.
 *
 * @param runtime the runtime that called the plugin, as far as it is known and matters
 * @param trace the trace that the request belongs to
 * @param program the plugin's process
 */
public record Asker(Optional<CallingRuntime> runtime, TraceContext trace, CallingProgram program) {
    /** Nobody who could be named. */
    public static final Asker UNKNOWN = new Asker(Optional.empty(), TraceContext.NONE, CallingProgram.NOBODY);
}
