package io.netd.netctl.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code network ls}.
 *
 * @param internal whether it has no way in or out
 * @param created when a user made it; absent for a network that is always there
 */
public record NetworkSummary(
        String id,
        String name,
        String driver,
        String scope,
        List<String> subnets,
        boolean internal,
        Optional<Instant> created) {
    /** A network that is always there. */
    public NetworkSummary(String id, String name, String driver, String scope, List<String> subnets) {
        this(id, name, driver, scope, subnets, false, Optional.empty());
    }
}
