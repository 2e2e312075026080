package io.netd.plugins.spi;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import java.util.List;
import java.util.Optional;

/**
 * A DEL of something the journal does not know.
 *
 * @param config the configuration as the runtime sent it; may say less than at ADD
 * @param id the container
 * @param ifName its interface
 * @param sandbox the container's namespace, unless it is gone
 * @param args CNI_ARGS
 * @param path directories to look for delegates in
 */
public record DelRequest(
        NetworkConfig config,
        ContainerId id,
        InterfaceName ifName,
        Optional<Sandbox> sandbox,
        CniArgs args,
        List<String> path) {
    public DelRequest {
        path = List.copyOf(path);
    }

    /** Container and interface in one. */
    public AttachmentId attachment() {
        return new AttachmentId(id, ifName);
    }
}
