package io.netd.netlink.route;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import java.util.Optional;

/**
 * A unicast route. Start with {@link #to} and refine.
 *
 * @param destination a network; 0.0.0.0/0 or ::/0 is the default route
 * @param gateway the next hop; empty when the destination is on the link itself
 * @param outIndex the device; 0 leaves it to the kernel, which looks the gateway up
 * @param scope {@code RT_SCOPE_*}
 * @param table number of the routing table
 * @param metric priority, smaller is preferred; 0 for the kernel's choice
 * @param protocol {@code RTPROT_*}: who made it
 * @param preferredSource the address to send from
 * @param mtu in bytes; 0 for the device's
 * @param advmss the MSS to announce; 0 for the kernel's choice
 * @param isOnLink whether the gateway is taken to be on the link even where no address says so
 */
public record Route(
        IpPrefix destination,
        Optional<IpAddress> gateway,
        int outIndex,
        int scope,
        int table,
        int metric,
        int protocol,
        Optional<IpAddress> preferredSource,
        int mtu,
        int advmss,
        boolean isOnLink) {
    /** A route over a device in the main table, with link scope for IPv4 as long as there is no gateway. */
    public static Route to(IpPrefix destination, int outIndex) {
        int scope = destination.family() == IpFamily.IPV4 ? Rtnetlink.RT_SCOPE_LINK : Rtnetlink.RT_SCOPE_UNIVERSE;
        return new Route(
                destination,
                Optional.empty(),
                outIndex,
                scope,
                Rtnetlink.RT_TABLE_MAIN,
                0,
                Rtnetlink.RTPROT_BOOT,
                Optional.empty(),
                0,
                0,
                false);
    }

    /** The default route of a gateway's family. */
    public static Route byDefault(IpAddress gateway, int outIndex) {
        IpAddress any = IpAddress.of(new byte[gateway.bytes().length]);
        return to(new IpPrefix(any, 0), outIndex).via(gateway);
    }

    /** Destination and gateway, for messages. */
    String text() {
        return destination + gateway.map(address -> " via " + address).orElse("");
    }

    /** Whether it is a default route. */
    public boolean isDefault() {
        return destination.length() == 0;
    }

    /** The same over this gateway. */
    public Route via(IpAddress address) {
        return copy(Optional.of(address), Rtnetlink.RT_SCOPE_UNIVERSE, table, metric, protocol, preferredSource);
    }

    /** The same with this scope. */
    public Route withScope(int number) {
        return copy(gateway, number, table, metric, protocol, preferredSource);
    }

    /** The same in this table. */
    public Route withTable(int number) {
        return copy(gateway, scope, number, metric, protocol, preferredSource);
    }

    /** The same with this priority. */
    public Route withMetric(int number) {
        return copy(gateway, scope, table, number, protocol, preferredSource);
    }

    /** The same marked as made by this {@code RTPROT_*}. */
    public Route withProtocol(int number) {
        return copy(gateway, scope, table, metric, number, preferredSource);
    }

    /** The same sending from this address. */
    public Route withPreferredSource(IpAddress address) {
        return copy(gateway, scope, table, metric, protocol, Optional.of(address));
    }

    /** The same with this path MTU and announced MSS, each 0 for the kernel's choice. */
    public Route withSizes(int pathMtu, int announcedMss) {
        return new Route(
                destination,
                gateway,
                outIndex,
                scope,
                table,
                metric,
                protocol,
                preferredSource,
                pathMtu,
                announcedMss,
                isOnLink);
    }

    /** The same with the gateway taken to be on the link. */
    public Route onLink() {
        return new Route(
                destination, gateway, outIndex, scope, table, metric, protocol, preferredSource, mtu, advmss, true);
    }

    private Route copy(
            Optional<IpAddress> hop,
            int itsScope,
            int itsTable,
            int itsMetric,
            int itsProtocol,
            Optional<IpAddress> source) {
        return new Route(
                destination, hop, outIndex, itsScope, itsTable, itsMetric, itsProtocol, source, mtu, advmss, isOnLink);
    }
}
