package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.IpRange;

/**
 * Addresses from {@code start} to {@code end}, both included, of a subnet. The subnet's own address and IPv4's broadcast
 * address are never in it.
 */
public record Range(IpPrefix subnet, IpAddress start, IpAddress end, IpAddress gateway) {
    /**
     * Fills in what a configuration leaves out: all of the subnet, and its first address as the gateway.
     *
     * @throws CniException with code 7 when the subnet has host bits or is too small, or an end is not in it
     */
    public static Range of(IpRange range) {
        IpPrefix subnet = range.subnet();
        requireUsable(subnet);
        IpAddress first = subnet.address().plus(1);
        IpAddress last = lastUsable(subnet);
        IpAddress gateway = range.gateway().orElse(first);
        if (gateway.family() != subnet.family()) {
            throw refused("gateway " + gateway + " is not of the family of " + subnet);
        }
        IpAddress start = range.rangeStart().orElse(first);
        IpAddress end = range.rangeEnd().orElse(last);
        if (!subnet.contains(start)) {
            throw refused("RangeStart " + start + " not in network " + subnet);
        }
        if (!subnet.contains(end) || end.compareTo(start) < 0) {
            throw refused("RangeEnd " + end + " not in network " + subnet + " from " + start);
        }
        // A range may be written from the network's address to the broadcast address: those two are left out.
        return new Range(subnet, max(start, first), min(end, last), gateway);
    }

    /** Whether the address lies between the two ends. */
    public boolean contains(IpAddress address) {
        return address.family() == start.family() && start.compareTo(address) <= 0 && address.compareTo(end) <= 0;
    }

    /** Whether an address is in both ranges. */
    public boolean overlaps(Range other) {
        return contains(other.start) || other.contains(start);
    }

    /** {@code start-end}, as host-local words it. */
    @Override
    public String toString() {
        return start + "-" + end;
    }

    private static void requireUsable(IpPrefix subnet) {
        if (!subnet.isNetwork()) {
            throw refused("Network " + subnet + " has host bits set. For a subnet mask of length " + subnet.length()
                    + " the network address is " + subnet.network().address());
        }
        if (subnet.length() > subnet.family().bits() - 2) {
            throw refused("Network " + subnet + " too small to allocate from");
        }
    }

    private static IpAddress lastUsable(IpPrefix subnet) {
        return subnet.family() == IpFamily.IPV4 ? subnet.broadcast().plus(-1) : subnet.broadcast();
    }

    private static IpAddress max(IpAddress a, IpAddress b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static IpAddress min(IpAddress a, IpAddress b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static CniException refused(String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, fault);
    }
}
