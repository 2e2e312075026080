package io.netd.netlink.route;

import io.netd.address.MacAddress;
import java.util.Optional;

/**
 * A network device as the kernel described it.
 *
 * @param kind "bridge", "veth", ...; empty for lo and physical devices
 * @param masterIndex the bridge this is a port of; 0 when none
 * @param peerIndex the index that the other end has in its own namespace; 0 when there is none
 * @param up whether it was set up
 * @param running whether it has a carrier
 * @param group the device group; 0 unless somebody set it
 */
public record Link(
        int index,
        String name,
        String kind,
        Optional<MacAddress> mac,
        int mtu,
        int masterIndex,
        int peerIndex,
        boolean up,
        boolean running,
        Optional<String> alias,
        int group) {}
