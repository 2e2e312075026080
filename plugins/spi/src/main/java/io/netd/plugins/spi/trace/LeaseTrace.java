package io.netd.plugins.spi.trace;

import io.netd.cni.AttachmentId;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkName;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.nio.file.Path;

/**
 * Leased addresses in a host-local store.
 *
 * @param dataDir the folder of all networks' leases as the caller would write it
 * @param network the network
 * @param container the holder
 * @param ifName its interface
 */
public record LeaseTrace(String dataDir, NetworkName network, ContainerId container, InterfaceName ifName)
        implements Trace {
    /** Of an attachment. */
    public static LeaseTrace of(Path dataDir, NetworkName network, AttachmentId holder) {
        return new LeaseTrace(dataDir.toString(), network, holder.containerId(), holder.ifName());
    }

    @Override
    public void revert(Host host) {
        host.leases(Path.of(dataDir), network).release(new AttachmentId(container, ifName));
    }
}
