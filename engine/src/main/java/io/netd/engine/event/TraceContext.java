package io.netd.engine.event;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which distributed trace a request belongs to: W3C's {@code traceparent}, {@code tracestate} and {@code baggage}, as the
 * caller has them in its environment (in capitals). Carried along, never interpreted.
 *
 * @param fields by W3C's names; empty for a request that belongs to none
 */
public record TraceContext(Map<String, String> fields) {
    /** No trace. */
    public static final TraceContext NONE = new TraceContext(Map.of());

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
        Map<String, String> fields = new TreeMap<>();
        put(fields, "traceparent", environment.getOrDefault("TRACEPARENT", ""), PARENT);
        if (!fields.isEmpty()) {
            put(fields, "tracestate", environment.getOrDefault("TRACESTATE", ""), TEXT);
        }
        put(fields, "baggage", environment.getOrDefault("BAGGAGE", ""), TEXT);
        return fields.isEmpty() ? NONE : new TraceContext(fields);
    }

    private static void put(Map<String, String> fields, String name, String value, Pattern form) {
        if (value.length() <= LONGEST && form.matcher(value).matches()) {
            fields.put(name, value);
        }
    }
}
