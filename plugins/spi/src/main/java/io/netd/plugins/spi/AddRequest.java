package io.netd.plugins.spi;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import java.util.List;

/**
 * One plugin's part of an ADD.
 *
 * @param config its configuration, with the previous result when it is chained
 * @param id the container
 * @param ifName its interface
 * @param sandbox the container's namespace
 * @param args CNI_ARGS
 * @param path directories to look for delegates in
 */
public record AddRequest(
        NetworkConfig config, ContainerId id, InterfaceName ifName, Sandbox sandbox, CniArgs args, List<String> path) {
    public AddRequest {
        path = List.copyOf(path);
    }

    /** Container and interface in one. */
    public AttachmentId attachment() {
        return new AttachmentId(id, ifName);
    }

    /**
     * Whether Docker's semantics hold (unpublished ports dropped and so on): {@code
     * "netd":{"protect":true}}, as on netd's own networks.
     */
    public boolean isProtected() {
        return config.settings()
                .settings("netd")
                .map(netd -> netd.flag("protect", false))
                .orElse(false);
    }
}
