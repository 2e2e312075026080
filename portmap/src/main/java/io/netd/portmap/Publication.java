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

    /** The mappings that are translated. */
    List<PortMapping> translated() {
        return mappings.stream().filter(mapping -> !isOpened(mapping)).toList();
    }

    /** The mappings at the container's own address, which only have to be let in. */
    List<PortMapping> opened() {
        return mappings.stream().filter(this::isOpened).toList();
    }

    private boolean isOpened(PortMapping mapping) {
        return mapping.hostIp().filter(container.address()::equals).isPresent();
    }

    /** The family of the container's address. */
    public IpFamily family() {
        return container.family();
    }
}
