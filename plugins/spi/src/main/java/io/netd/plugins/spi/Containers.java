package io.netd.plugins.spi;

import java.util.Optional;

/** The containers whose network another one may share. Any thread. */
@FunctionalInterface
public interface Containers {
    /** Nobody's containers. */
    Containers NONE = nameOrId -> Optional.empty();

    /** Finds one by its name, its id, or an unambiguous prefix of the id. */
    Optional<JoinTarget> find(String nameOrId);
}
