package io.netd.plugins.portmap;

import io.netd.cni.CniArgs;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.firewall.Owner;
import io.netd.portmap.PortOwner;

/**
 * Whose ports are published.
 *
 * @param key container and interface
 * @param label what a person calls the container
 */
record Subject(String key, String label) {
    private static final int SHORT_ID = 12;

    /** The subject of a request; podman, nerdctl and kubernetes hand the container's or pod's name in CNI_ARGS. */
    static Subject of(ContainerId id, InterfaceName ifName, CniArgs args) {
        String text = id.value();
        String name = args.get("K8S_POD_NAME").orElse(text.substring(0, Math.min(SHORT_ID, text.length())));
        return new Subject(text + "/" + ifName.value(), "container " + name);
    }

    PortOwner ports() {
        return new PortOwner(key, label);
    }

    Owner rules() {
        return new Owner("attachment/" + key + "/portmap");
    }
}
