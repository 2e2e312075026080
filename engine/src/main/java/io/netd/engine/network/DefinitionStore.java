package io.netd.engine.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.engine.journal.Folder;
import io.netd.engine.journal.JournalException;
import io.netd.linux.fs.Durability;
import io.netd.linux.fs.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user-defined networks, one file each below {@code networks/} where state outlives a reboot; read when somebody asks
 * first. Any thread.
 */
public final class DefinitionStore {
    private final Map<String, NetworkDefinition> byName = new LinkedHashMap<>();
    private final Folder folder;
    private final JsonMapper mapper;
    private boolean isRead;

    /** Reads nothing yet. */
    public DefinitionStore(Path dataRoot, JsonMapper mapper) {
        this.folder = new Folder(dataRoot.resolve("networks"), Durability.FSYNC);
        this.mapper = mapper;
    }

    /** All of them, the oldest first. */
    synchronized List<NetworkDefinition> all() {
        readOnce();
        return byName.values().stream()
                .sorted(Comparator.comparing(NetworkDefinition::created))
                .toList();
    }

    /** The network of that name. */
    synchronized Optional<NetworkDefinition> find(String name) {
        readOnce();
        return Optional.ofNullable(byName.get(name));
    }

    private void readOnce() {
        if (!isRead) {
            folder.read(this::load);
            isRead = true;
        }
    }

    /** Writes a network down for good. */
    synchronized void write(NetworkDefinition definition) {
        try {
            folder.write(file(definition), mapper.writeValueAsBytes(definition));
        } catch (JsonProcessingException e) {
            throw new JournalException("network " + definition.name() + ": " + e.getOriginalMessage(), e);
        }
        byName.put(definition.name(), definition);
    }

    /** Forgets a network; the folder goes with the last one. */
    synchronized void remove(NetworkDefinition definition) {
        folder.remove(file(definition));
        byName.remove(definition.name());
        if (byName.isEmpty()) {
            folder.clear();
        }
    }

    private void load(Path file, byte[] bytes) {
        try {
            NetworkDefinition definition = mapper.readValue(bytes, NetworkDefinition.class);
            if (definition.format() > NetworkDefinition.FORMAT) {
                throw new JournalException(file + ": format " + definition.format() + " is of a newer netd");
            }
            byName.put(definition.name(), definition);
        } catch (IOException e) {
            throw new JournalException(file + ": " + FileFailure.reason(e), e);
        }
    }

    private static Path file(NetworkDefinition definition) {
        return Path.of(definition.id() + ".json");
    }
}
