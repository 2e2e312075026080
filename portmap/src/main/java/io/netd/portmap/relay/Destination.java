package io.netd.portmap.relay;

import io.netd.address.IpAddress;

/**
 * Where a container listens.
 *
 * @param port 1 to 65535
 */
public record Destination(IpAddress address, int port) {
    @Override
    public String toString() {
        return address + " port " + port;
    }
}
