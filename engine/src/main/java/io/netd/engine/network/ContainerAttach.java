package io.netd.engine.network;

import io.netd.cni.ContainerId;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.util.List;

/**
 * A container of netd's own that wants its network.
 *
 * @param id its id
 * @param name its name
 * @param mode how it is to be connected
 * @param netns path of its network namespace
 * @param ports what is published of it
 * @param addresses which addresses it is to have
 */
public record ContainerAttach(
        ContainerId id,
        String name,
        NetworkMode mode,
        String netns,
        List<PortRequest> ports,
        WantedAddresses addresses) {
    public ContainerAttach {
        ports = List.copyOf(ports);
    }
}
