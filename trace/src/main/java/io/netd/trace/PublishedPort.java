package io.netd.trace;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import java.util.Optional;

/**
 * A port of the host that leads to a container.
 *
 * @param guest the container
 * @param hostIp the host's address; empty for all
 * @param containerPort where it leads
 * @param text as {@code docker ps} shows it
 */
public record PublishedPort(
        Guest guest, Optional<IpAddress> hostIp, Protocol protocol, int containerPort, String text) {
    /** Whether it is meant by what is sent to that address. */
    boolean covers(Protocol sent, IpAddress address) {
        return protocol == sent
                && hostIp.map(ip -> ip.isAny() ? ip.family() == address.family() : ip.equals(address))
                        .orElse(true);
    }

    /** The container's address of that family. */
    Optional<IpAddress> target(IpFamily family) {
        return guest.addresses().stream()
                .map(prefix -> prefix.address())
                .filter(address -> address.family() == family)
                .findFirst();
    }
}
