package io.netd.netctl.api;

import java.util.List;

/** What hangs on what on this host. */
public record Topology(List<Bridge> bridges, List<Detached> others) {
    /** A bridge with its own addresses and what is plugged in. */
    public record Bridge(String name, String network, List<String> addresses, List<Plug> plugs) {}

    /** A veth pair: its end on the bridge, its end in the container. */
    public record Plug(
            String hostInterface,
            String containerInterface,
            String containerName,
            String containerId,
            List<String> addresses,
            List<PublishedPort> ports) {}

    /** A container that is on no bridge, with its network mode. */
    public record Detached(String containerName, String containerId, String mode) {}
}
