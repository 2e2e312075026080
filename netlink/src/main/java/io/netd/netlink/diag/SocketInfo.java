package io.netd.netlink.diag;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;

/**
 * A socket that occupies a port.
 *
 * @param local the address it is bound to; any-address when to all
 * @param isV6Only whether a socket bound to :: leaves IPv4 alone
 * @param inode names the socket in /proc/PID/fd; 0 when no process holds it any more
 * @param uid its owner
 */
public record SocketInfo(Protocol protocol, IpAddress local, int port, boolean isV6Only, long inode, int uid) {
    /** Whether a bind to this address, on the same port and protocol, would collide with this socket. */
    public boolean collidesWith(IpAddress address) {
        if (local.family() == address.family()) {
            return local.isAny() || address.isAny() || local.equals(address);
        }
        // A socket bound to :: takes the IPv4 port on every address as well, unless it was told not to.
        return local.isAny() && !isV6Only && local.bytes().length > address.bytes().length;
    }
}
