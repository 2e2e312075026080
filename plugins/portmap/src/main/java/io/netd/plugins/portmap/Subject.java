package io.netd.plugins.portmap;

import io.netd.cni.CniArgs;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.firewall.Owner;
import io.netd.plugins.spi.port.PortTarget;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortOwner;
import java.util.concurrent.ThreadLocalRandom;

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

    /** The subject of ports that are published later: of its own, so that the others need not be touched. */
    static Subject later(PortTarget target) {
        String one = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return new Subject(target.id() + "+" + one, "container " + target.label());
    }

    /** The subject of what is opened beside what is translated: it takes no port of the host. */
    Subject opening() {
        return new Subject(key + "/opened", label);
    }

    PortOwner ports() {
        return new PortOwner(key, label);
    }

    Owner rules() {
        return PortsTrace.rules(ports());
    }
}
