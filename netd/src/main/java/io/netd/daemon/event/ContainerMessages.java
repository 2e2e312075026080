package io.netd.daemon.event;

import io.netd.daemon.publish.Publications;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import io.netd.runtime.NetworkMode;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Containers' life as messages: records inside the daemon, JSON from outside. */
public final class ContainerMessages {
    private ContainerMessages() {}

    /** Lets the bus carry the records; once for each bus. */
    public static void registerCodecs(EventBus bus) {
        register(bus, ContainerEvents.Created.class);
        register(bus, ContainerEvents.Started.class);
        register(bus, ContainerEvents.Died.class);
        register(bus, ContainerEvents.Removed.class);
        register(bus, Attached.class);
    }

    private static <T extends Record> void register(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new RecordCodec<>(type));
    }

    static ContainerEvents.Created created(Object body) {
        if (body instanceof ContainerEvents.Created created) {
            return created;
        }
        JsonObject json = json(body);
        return new ContainerEvents.Created(
                id(json),
                json.getString("name", id(json)),
                json.getString("hostname", ""),
                NetworkMode.parse(json.getString("network", NetworkMode.DEFAULT_NETWORK)),
                json.getInteger("pid", 0),
                namespace(json),
                annotations(json));
    }

    static ContainerEvents.Started started(Object body) {
        if (body instanceof ContainerEvents.Started started) {
            return started;
        }
        JsonObject json = json(body);
        return new ContainerEvents.Started(id(json), json.getString("name", id(json)), json.getInteger("pid", 0));
    }

    static ContainerEvents.Died died(Object body) {
        if (body instanceof ContainerEvents.Died died) {
            return died;
        }
        JsonObject json = json(body);
        return new ContainerEvents.Died(
                id(json),
                json.getString("name", id(json)),
                json.getInteger("exitCode", 0),
                json.getBoolean("oomKilled", false));
    }

    static ContainerEvents.Removed removed(Object body) {
        if (body instanceof ContainerEvents.Removed removed) {
            return removed;
        }
        JsonObject json = json(body);
        return new ContainerEvents.Removed(id(json), json.getString("name", id(json)));
    }

    /** The answer in the form the question had. */
    static Object answer(Object question, Attached attached) {
        return question instanceof Record
                ? attached
                : new JsonObject().put("addresses", new JsonArray(attached.addresses()));
    }

    private static JsonObject json(Object body) {
        if (body instanceof JsonObject json) {
            return json;
        }
        throw new IllegalArgumentException("the body must be a JSON object");
    }

    private static String id(JsonObject json) {
        String id = json.getString("id", "");
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException("\"id\" must be a container's id, not \"" + id + "\"");
        }
        return id;
    }

    private static Path namespace(JsonObject json) {
        String text = json.getString("networkNamespace", "");
        if (text.isEmpty() && json.getInteger("pid", 0) > 0) {
            return Path.of("/proc/" + json.getInteger("pid") + "/ns/net");
        }
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("\"networkNamespace\" must be an absolute path, or \"pid\" a process");
        }
        return Path.of(text);
    }

    private static Map<String, String> annotations(JsonObject json) {
        Map<String, String> annotations = new LinkedHashMap<>();
        json.getJsonObject("annotations", new JsonObject())
                .forEach(entry -> annotations.put(entry.getKey(), String.valueOf(entry.getValue())));
        Publications.requireFew(annotations);
        return annotations;
    }
}
