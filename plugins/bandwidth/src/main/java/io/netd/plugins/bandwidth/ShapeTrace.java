package io.netd.plugins.bandwidth;

import io.netd.address.MacAddress;
import io.netd.netlink.route.Qdiscs;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;

/**
 * What was put on the host's end of a veth pair that another plugin made.
 *
 * @param hostMac tells it from a link of somebody else under this name
 * @param ingress whether a token bucket limits what it sends to the container
 * @param egress whether what comes from the container is redirected
 */
public record ShapeTrace(String hostName, MacAddress hostMac, boolean ingress, boolean egress) implements Trace {
    @Override
    public void revert(Host host) {
        HostEnd.again(hostName, hostMac, host).ifPresent(link -> {
            Qdiscs qdiscs = host.route().qdiscs();
            if (egress) {
                qdiscs.removeIngress(link.index());
            }
            if (ingress) {
                qdiscs.removeTokenBucket(link.index());
            }
        });
    }
}
