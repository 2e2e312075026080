package io.netd.firewall.host;

import io.netd.address.IpFamily;
import java.util.Set;

/**
 * What a bridge forwards.
 *
 * @param bridge its name
 * @param families of which its containers have addresses
 */
public record Forwarded(String bridge, Set<IpFamily> families) {
    /** Keeps a copy. */
    public Forwarded {
        families = Set.copyOf(families);
    }
}
