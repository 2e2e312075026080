package io.netd.daemon.local;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.engine.AttachmentView;
import io.netd.firewall.host.Forwarded;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.NetlinkException;
import io.netd.portmap.PortMapping;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose rules keep others from what is published of an attachment, though netd's let them through. */
record Unreachable(HostFirewall firewall, AttachmentView attachment) {

    /** A sentence for each chain. */
    Stream<String> sentences() {
        Set<IpFamily> families = families();
        return families.isEmpty()
                ? Stream.empty()
                : attachment.bridge().stream().flatMap(bridge -> sentences(new Forwarded(bridge, families)));
    }

    private Stream<String> sentences(Forwarded bridge) {
        try (NetworkNamespace own = NetworkNamespace.current()) {
            return firewall.obstaclesToPorts(own, bridge).stream()
                    .map(chain -> "published ports of " + attachment.origin().label()
                            + " do not answer to other hosts: what is forwarded to " + bridge.bridge()
                            + " is dropped by " + chain);
        } catch (NetlinkException | LinuxException e) {
            return Stream.empty();
        }
    }

    /** Those in which packets are forwarded: what comes to an address of another family is relayed. */
    private Set<IpFamily> families() {
        return attachment.addresses().stream()
                .map(IpPrefix::family)
                .filter(family -> attachment.ports().stream().anyMatch(port -> isForOthers(port, family)))
                .collect(Collectors.toSet());
    }

    private static boolean isForOthers(PortMapping port, IpFamily family) {
        return port.covers(family)
                && port.hostIp().filter(IpAddress::isLoopback).isEmpty();
    }
}
