package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.AddressTrace;
import java.util.List;

/** Puts gateway addresses on a bridge, beside nothing that would contradict them. */
record BridgeAddresses(BridgeConfig config, Link bridge, Host host, Traces traces) {
    void ensure(List<IpPrefix> gateways) {
        if (gateways.isEmpty()) {
            return;
        }
        List<IpPrefix> present = host.link(bridge.name()).stream()
                .flatMap(state -> state.addresses().stream())
                .map(InterfaceAddress::prefix)
                .toList();
        List<IpPrefix> missing =
                gateways.stream().filter(gateway -> !present.contains(gateway)).toList();
        if (!missing.isEmpty()) {
            List<InterfaceAddress> held = host.route().addresses().list();
            missing.forEach(gateway -> add(gateway, held));
        }
    }

    private void add(IpPrefix gateway, List<InterfaceAddress> held) {
        requireNowhereElse(gateway, held);
        clear(gateway, held);
        traces.leave(new AddressTrace(bridge.name(), gateway));
        host.route().addresses().add(bridge.index(), gateway, Rtnetlink.IFA_F_NODAD);
    }

    private boolean isOnBridge(InterfaceAddress address) {
        return address.index() == bridge.index();
    }

    private void requireNowhereElse(IpPrefix gateway, List<InterfaceAddress> held) {
        held.stream()
                .filter(address ->
                        !isOnBridge(address) && address.prefix().address().equals(gateway.address()))
                .flatMap(address -> host.route().links().byIndex(address.index()).stream())
                .findFirst()
                .ifPresent(link -> {
                    throw new CniException(
                            ErrorCode.INVALID_CONFIG,
                            "bridge " + bridge.name() + ": address " + gateway + " is already on " + link.name());
                });
    }

    /** What contradicts: any other IPv4 address, an overlapping IPv6 subnet. */
    private void clear(IpPrefix gateway, List<InterfaceAddress> held) {
        for (InterfaceAddress address : held) {
            if (!isOnBridge(address) || !contradicts(address.prefix(), gateway)) {
                continue;
            }
            if (!config.forceAddress()) {
                throw new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "failed to set bridge addr: \"" + bridge.name() + "\" already has an IP address different from "
                                + gateway,
                        "it has " + address.prefix());
            }
            host.route().addresses().remove(bridge.index(), address.prefix());
        }
    }

    private static boolean contradicts(IpPrefix present, IpPrefix wanted) {
        return present.family() == wanted.family() && (wanted.family() == IpFamily.IPV4 || present.overlaps(wanted));
    }
}
