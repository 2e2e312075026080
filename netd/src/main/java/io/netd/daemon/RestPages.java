package io.netd.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.netd.daemon.door.HttpDoor.HttpPages;
import io.netd.netctl.api.Netd;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is read over HTTP: the same answers the commands get. */
final class RestPages implements HttpPages {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Map<String, Supplier<Object>> pages;

    RestPages(Netd netd) {
        pages = Map.of(
                "/version", netd::version,
                "/info", netd::info,
                "/containers", () -> netd.containers(true),
                "/networks", netd::networks,
                "/topology", netd::topology);
    }

    @Override
    public Optional<byte[]> get(String path) {
        return Optional.ofNullable(pages.get(path)).map(page -> bytes(page.get()));
    }

    private static byte[] bytes(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
