package io.netd.netlink.route;

import io.netd.address.MacAddress;
import io.netd.netlink.wire.Message;
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
 * @param promiscuous whether somebody set promiscuous mode; one that a bridge or a sniffer needs does not count
 * @param allMulticast whether somebody set all-multicast mode, likewise
 * @param txQueueLength how many packets may wait to be sent
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
        int group,
        boolean promiscuous,
        boolean allMulticast,
        int txQueueLength) {
    /** The link of an RTM_NEWLINK or RTM_DELLINK message; empty for other messages and for messages of bridge ports. */
    public static Optional<Link> decode(Message message) {
        return LinkCodec.decode(message);
    }
}
