package io.netd.plugins.bridge;

import io.netd.netlink.route.Link;

/**
 * The links of the host that attachments of one network share.
 *
 * @param bridge whose port the container's pair becomes
 * @param gateway what bears the gateway's address: the bridge itself, or the link that stands for it in a VLAN
 */
record HostLinks(Link bridge, Link gateway) {
    boolean isGatewayApart() {
        return gateway.index() != bridge.index();
    }
}
