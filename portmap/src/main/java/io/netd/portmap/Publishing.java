package io.netd.portmap;

import io.netd.address.IpFamily;
import io.netd.firewall.Framework;
import io.netd.firewall.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How ports are published.
 *
 * @param protect accept the published port in the filter table, as netd's own networks (which drop all others) need it
 * @param snat make the port reachable through the host's loopback and from the container's own subnet
 * @param masqAll hide the source of every connection, as the reference plugin's {@code masqAll}
 * @param conditions what packets of a family must meet besides, to be translated; of a family without, all are
 * @param framework where addresses are translated; absent for the host's usual
 */
public record Publishing(
        boolean protect,
        boolean snat,
        boolean masqAll,
        Map<IpFamily, List<Match>> conditions,
        Optional<Framework> framework) {
    /** As on netd's own networks. */
    public static final Publishing PROTECTED = new Publishing(true, true, false, Map.of(), Optional.empty());
}
