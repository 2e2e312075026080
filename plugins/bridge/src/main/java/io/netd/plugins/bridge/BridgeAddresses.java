package io.netd.plugins.bridge;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.InterfaceAddress;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Rtnetlink;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.AddressTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts gateway addresses on the bridge, or what stands for it in a VLAN, beside nothing that would contradict them. */
record BridgeAddresses(BridgeConfig config, Link bearer, Host host, SharedLinks shared) {
    void ensure(List<IpPrefix> gateways) {
        if (gateways.isEmpty()) {
            return;
        }
        List<IpPrefix> present = host.link(bearer.name()).stream()
                .flatMap(state -> state.addresses().stream())
                .map(InterfaceAddress::prefix)
                .toList();
        List<IpPrefix> missing =
                gateways.stream().filter(gateway -> !present.contains(gateway)).toList();
        if (!missing.isEmpty()) {
            List<InterfaceAddress> held = host.route().addresses().list();
            missing.forEach(gateway -> add(gateway, held));
            // A bridge that somebody made takes the lowest of its ports' addresses, until it is given one: its own.
            bearer.mac().ifPresent(mac -> host.route().links().setMac(bearer.index(), mac));
        }
    }

    private void add(IpPrefix gateway, List<InterfaceAddress> held) {
        // The kernel tells of an IPv6 address some time after it is there.
        if (held.stream()
                .anyMatch(address -> isOnBearer(address) && address.prefix().equals(gateway))) {
            return;
        }
        requireNowhereElse(gateway, held);
        clear(gateway, held);
        shared.leave(new AddressTrace(bearer.name(), gateway, Optional.of(config.use())));
        host.route().addresses().add(bearer.index(), gateway, Rtnetlink.IFA_F_NODAD);
    }

    private boolean isOnBearer(InterfaceAddress address) {
        return address.index() == bearer.index();
    }

    private void requireNowhereElse(IpPrefix gateway, List<InterfaceAddress> held) {
        held.stream()
                .filter(address ->
                        !isOnBearer(address) && address.prefix().address().equals(gateway.address()))
                .flatMap(address -> host.route().links().byIndex(address.index()).stream())
                .findFirst()
                .ifPresent(other -> {
                    throw new CniException(
                            ErrorCode.INVALID_CONFIG,
                            "bridge " + config.bridge() + ": address " + gateway + " is already on " + other.name());
                });
    }

    /** What contradicts: any other IPv4 address, an overlapping IPv6 subnet. */
    private void clear(IpPrefix gateway, List<InterfaceAddress> held) {
        List<IpPrefix> others = held.stream()
                .filter(address -> isOnBearer(address) && contradicts(address.prefix(), gateway))
                .map(InterfaceAddress::prefix)
                .toList();
        if (others.isEmpty()) {
            return;
        }
        if (!config.forceAddress()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "failed to set bridge addr: \"" + bearer.name() + "\" already has an IP address different from "
                            + gateway,
                    "it has " + others.get(0));
        }
        replace(others);
    }

    /** What is left last comes back first: the first address of a subnet is the one that the host speaks with. */
    private void replace(List<IpPrefix> others) {
        List<ReplacedAddressTrace> replaced = new ArrayList<>();
        others.forEach(address -> replaced.add(0, new ReplacedAddressTrace(bearer.name(), address, config.use())));
        shared.leave(replaced);
        others.forEach(address -> host.route().addresses().remove(bearer.index(), address));
    }

    private static boolean contradicts(IpPrefix present, IpPrefix wanted) {
        return present.family() == wanted.family() && (wanted.family() == IpFamily.IPV4 || present.overlaps(wanted));
    }
}
