package io.netd.portmap;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.List;

/**
 * The ports that one container address answers for.
 *
 * @param bridge the host's interface towards the container
 * @param container the container's address with the length of its subnet
 * @param mappings the published ports; those of the other address family are passed over
 */
public record Publication(String bridge, IpPrefix container, List<PortMapping> mappings) {
    /** Keeps the mappings that can reach this address. */
    public Publication {
        IpFamily family = container.family();
        mappings = mappings.stream().filter(mapping -> mapping.covers(family)).toList();
    }

    /** The family of the container's address. */
    public IpFamily family() {
        return container.family();
    }
}
