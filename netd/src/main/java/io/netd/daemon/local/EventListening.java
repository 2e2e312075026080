package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.engine.event.Event;
import io.netd.engine.event.Events;
import io.netd.netctl.api.EventLine;
import io.netd.netctl.api.NetdException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Hands events to a command that listens. */
final class EventListening {
    /** A listener this far behind does not read at all. */
    private static final int MOST = 10_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> FILTERS = List.of("container", "network", "event", "type");

    private final Events events;

    EventListening(Events events) {
        this.events = events;
    }

    /** Until the calling thread is interrupted. */
    void listen(Map<String, Set<String>> filters, Consumer<EventLine> sink) {
        filters.keySet().stream()
                .filter(key -> !FILTERS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new NetdException(NetdException.Kind.INVALID, "invalid filter '" + key + "'");
                });
        BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST);
        Thread listener = Thread.currentThread();
        Runnable subscription = events.subscribe(event -> {
            if (!waiting.offer(event)) {
                listener.interrupt();
            }
        });
        try {
            while (!Thread.currentThread().isInterrupted()) {
                EventLine line = line(waiting.take());
                if (matches(line, filters)) {
                    sink.accept(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.run();
        }
    }

    private static EventLine line(Event event) {
        JsonNode payload = MAPPER.valueToTree(event.payload());
        return new EventLine(
                event.sequence(),
                event.time(),
                event.address(),
                event.subject(),
                payload,
                event.trace().fields());
    }

    private static boolean matches(EventLine line, Map<String, Set<String>> filters) {
        return filters.entrySet().stream()
                .allMatch(filter -> filter.getValue().stream().anyMatch(value -> has(line, filter.getKey(), value)));
    }

    private static boolean has(EventLine line, String key, String value) {
        String[] words = line.address().split("\\.");
        return switch (key) {
            case "type" -> words[1].equals(value);
            case "event" -> words[words.length - 1].equals(value);
            case "network" -> line.payload().path("network").asText().equals(value);
            default -> isContainer(line.payload(), value);
        };
    }

    private static boolean isContainer(JsonNode payload, String nameOrId) {
        return payload.path("name").asText().equals(nameOrId)
                || payload.path("container").asText().startsWith(nameOrId);
    }
}
