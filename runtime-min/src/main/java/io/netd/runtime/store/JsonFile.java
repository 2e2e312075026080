package io.netd.runtime.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.netd.linux.fs.AtomicFile;
import io.netd.linux.fs.Durability;
import io.netd.linux.fs.FileFailure;
import io.netd.linux.sys.LinuxException;
import io.netd.runtime.ContainerException;
import io.netd.runtime.NetworkMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One value in one JSON file, replaced as a whole; unknown fields of a later version are passed over. */
public record JsonFile<T>(Path path, Class<T> type) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(NetworkMode.class, NetworkModeText.class)
            // An earlier version did not write every list.
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            // What a record can be asked is no part of it.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The value; empty when there is no such file. */
    public Optional<T> read() {
        try {
            return Optional.of(MAPPER.readValue(Files.readAllBytes(path), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw ContainerException.failed("read " + path + ": " + FileFailure.reason(e), e);
        }
    }

    /** Replaces the value; either the old or the new one is there whatever happens. */
    public void write(T value, Durability durability) {
        try {
            AtomicFile.write(path, bytes(value), durability);
        } catch (LinuxException e) {
            throw ContainerException.failed("write " + path + ": " + FileFailure.reason(e), e);
        }
    }

    /** A value as JSON. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw ContainerException.failed("write JSON: " + e.getOriginalMessage(), e);
        }
    }
}
