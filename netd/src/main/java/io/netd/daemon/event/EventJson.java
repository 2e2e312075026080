package io.netd.daemon.event;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.netd.engine.event.Event;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** An event as everybody reads it. */
public final class EventJson {
    /** Of the envelope; payloads have versions of their own. */
    private static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private EventJson() {}

    /**
     * The whole event.
     *
     * @param source which run of the daemon announced it
     */
    public static JsonObject of(Event event, String source) {
        JsonObject json = new JsonObject()
                .put("id", source + "-" + event.sequence())
                .put("version", VERSION)
                .put("sequence", event.sequence())
                .put("time", event.time().toString())
                .put("source", source)
                .put("address", event.address())
                .put("subject", event.subject())
                .put("payload", new JsonObject(payload(event)));
        if (!event.trace().fields().isEmpty()) {
            json.put("trace", new JsonObject(new TreeMap<>(event.trace().fields())));
        }
        return json;
    }

    private static Map<String, Object> payload(Event event) {
        return MAPPER.convertValue(event.payload(), new TypeReference<Map<String, Object>>() {});
    }
}
