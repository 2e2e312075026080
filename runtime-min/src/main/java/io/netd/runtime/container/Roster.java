package io.netd.runtime.container;

import io.netd.runtime.ContainerException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is there, by id and by name. Any thread. */
final class Roster {
    private static final int FULL_ID = 64;

    private final Map<String, LiveContainer> byId = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    /** Takes a name for an id that will follow; refused in docker's words when it is taken. */
    synchronized void reserve(String name, String id) {
        String holder = ids.putIfAbsent(name, id);
        if (holder != null) {
            throw ContainerException.conflict("Conflict. The container name \"/" + name
                    + "\" is already in use by container \"" + holder
                    + "\". You have to remove (or rename) that container to be able to reuse that name.");
        }
    }

    synchronized boolean isTaken(String name) {
        return ids.containsKey(name);
    }

    synchronized void release(String name) {
        ids.remove(name);
    }

    synchronized void add(LiveContainer container) {
        ids.put(container.record().name(), container.id());
        byId.put(container.id(), container);
    }

    synchronized void remove(LiveContainer container) {
        byId.remove(container.id());
        ids.remove(container.record().name());
    }

    synchronized List<LiveContainer> all() {
        return List.copyOf(byId.values());
    }

    /** By full id, then by name, then by a prefix of the id. */
    synchronized LiveContainer find(String nameOrId) {
        String text = nameOrId.startsWith("/") ? nameOrId.substring(1) : nameOrId;
        return Optional.ofNullable(byId.get(text))
                .or(() -> Optional.ofNullable(ids.get(text)).map(byId::get))
                .or(() -> byPrefix(text))
                .orElseThrow(() -> ContainerException.notFound("No such container: " + nameOrId));
    }

    private Optional<LiveContainer> byPrefix(String prefix) {
        if (prefix.isEmpty() || prefix.length() >= FULL_ID) {
            return Optional.empty();
        }
        Collection<LiveContainer> matches = byId.values().stream()
                .filter(container -> container.id().startsWith(prefix))
                .toList();
        if (matches.size() > 1) {
            throw ContainerException.invalid("Multiple IDs found with provided prefix: " + prefix);
        }
        return matches.stream().findFirst();
    }
}
