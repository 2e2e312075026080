package io.netd.plugins.spi.port;

import io.netd.address.IpFamily;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniResult;
import java.util.Set;

/**
 * Whose ports are published after the fact.
 *
 * @param id container and interface
 * @param label what a person calls the container
 * @param result what the attachment's chain answered
 * @param routed families of which nothing is translated
 * @param shared families of which the network's rules have what all its published ports share
 */
public record PortTarget(AttachmentId id, String label, CniResult result, Set<IpFamily> routed, Set<IpFamily> shared) {
    /** Keeps copies. */
    public PortTarget {
        routed = Set.copyOf(routed);
        shared = Set.copyOf(shared);
    }
}
