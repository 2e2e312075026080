package io.netd.engine.event;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which distributed trace a request belongs to: W3C's {@code traceparent}, {@code tracestate} and {@code baggage}, as the
 * caller has them in its environment (in capitals). Carried along, never interpreted.
 *
 * @param fields by W3C's names; empty for a request that belongs to none
 */
public record TraceContext(Map<String, String> fields) {
    /** No trace. */
    public static final TraceContext NONE = new TraceContext(Map.of());

    private static final ThreadLocal<TraceContext> CURRENT = ThreadLocal.withInitial(() -> NONE);
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]+");

    /** W3C asks for 512 bytes of state and 8192 of baggage; more is not carried. */
    private static final int LONGEST = 8192;

    /** Keeps a copy. */
    public TraceContext {
        fields = Map.copyOf(fields);
    }

    /** Reads {@code TRACEPARENT}, {@code TRACESTATE} and {@code BAGGAGE}; one that is no such text counts as absent. */
    public static TraceContext of(Map<String, String> environment) {
        return read(name -> environment.get(name.toUpperCase(Locale.ROOT)));
    }

    /**
     * Reads a message's headers of W3C's names; one that is no such text counts as absent.
     *
     * @param header the value of a header, or null
     */
    public static TraceContext ofHeaders(Function<String, @Nullable String> header) {
        return read(header);
    }

    /** What this thread does now belongs to. */
    public static TraceContext current() {
        return CURRENT.get();
    }

    /** Does something that belongs to this trace, on this thread. */
    public <T> T during(Supplier<T> body) {
        TraceContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            return body.get();
        } finally {
            CURRENT.set(before);
        }
    }

    private static TraceContext read(Function<String, @Nullable String> value) {
        Map<String, String> fields = new TreeMap<>();
        put(fields, "traceparent", value, PARENT);
        if (!fields.isEmpty()) {
            put(fields, "tracestate", value, TEXT);
        }
        put(fields, "baggage", value, TEXT);
        return fields.isEmpty() ? NONE : new TraceContext(fields);
    }

    private static void put(
            Map<String, String> fields, String name, Function<String, @Nullable String> values, Pattern form) {
        String value = values.apply(name);
        if (value != null && value.length() <= LONGEST && form.matcher(value).matches()) {
            fields.put(name, value);
        }
    }
}
