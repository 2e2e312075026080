package io.netd.engine.host;

import io.netd.engine.event.TraceContext;
import io.netd.engine.journal.CallingRuntime;
import io.netd.plugins.spi.CallingProgram;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who is behind a request.
 *
 * @param runtimeLookup finds the runtime that called the plugin, as far as it can be known and matters; may read files
 * @param trace the trace that the request belongs to
 * @param program the plugin's process
 */
public record Asker(Supplier<Optional<CallingRuntime>> runtimeLookup, TraceContext trace, CallingProgram program) {
    /** Nobody who could be named. */
    public static final Asker UNKNOWN = new Asker(Optional::empty, TraceContext.NONE, CallingProgram.NOBODY);

    /** Somebody inside of netd, on behalf of whatever trace this thread works for. */
    static Asker within() {
        return new Asker(Optional::empty, TraceContext.current(), CallingProgram.NOBODY);
    }

    /** The runtime; asked for on a worker, while the caller waits. */
    public Optional<CallingRuntime> runtime() {
        return runtimeLookup.get();
    }
}
