package io.netd.netlink.route;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import java.util.Optional;

/**
 * What the kernel knows of a neighbour.
 *
 * @param index the device it is reached by
 * @param mac empty while it is being looked for
 * @param state {@code NUD_*}
 */
public record Neighbour(int index, IpAddress address, Optional<MacAddress> mac, int state) {}
