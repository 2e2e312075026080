package io.netd.daemon.local;

import io.netd.address.IpPrefix;
import io.netd.engine.network.NetworkView;
import io.netd.firewall.host.Forwarded;
import java.util.List;
import java.util.stream.Collectors;

/** What netd's own networks forward. */
public final class Bridges {
    private Bridges() {}

    /** Those of them that have a way in and out. */
    public static List<Forwarded> of(List<NetworkView> networks) {
        return networks.stream()
                .filter(network -> !network.own().map(NetworkView.Own::internal).orElse(false))
                .flatMap(network -> network.bridge().stream())
                .map(bridge -> new Forwarded(
                        bridge.link(),
                        bridge.subnets().stream().map(IpPrefix::family).collect(Collectors.toSet())))
                .toList();
    }
}
