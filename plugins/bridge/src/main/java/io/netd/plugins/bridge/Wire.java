package io.netd.plugins.bridge;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.VethSpec;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Sandbox;
import io.netd.plugins.spi.trace.VethTrace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A veth pair: names and hardware addresses are chosen before it exists, so that its trace can be left first.
 *
 * @param owner written on the host end, so that it can be found without the container's namespace
 */
record Wire(
        String hostName,
        MacAddress hostMac,
        String containerName,
        MacAddress containerMac,
        int mtu,
        AttachmentId owner,
        Sandbox sandbox) {
    private static final String VETH = "veth";

    static Wire random(AddRequest request, Optional<MacAddress> mac, int mtu) {
        return new Wire(
                randomName(),
                MacAddress.randomLocal(),
                request.ifName().value(),
                mac.orElseGet(MacAddress::randomLocal),
                mtu,
                new AttachmentId(request.id(), request.ifName()),
                request.sandbox());
    }

    static String randomName() {
        return String.format("%s%08x", VETH, ThreadLocalRandom.current().nextInt());
    }

    VethTrace trace() {
        return new VethTrace(hostName, hostMac);
    }

    /**
     * Makes the pair in one message: host end on the bridge and up, the other end in the container under its final name.
     */
    void plug(Host host, Link bridge, BridgeConfig config) {
        VethSpec spec = VethSpec.of(hostName, containerName, sandbox.namespace().fd())
                .withMaster(bridge.index())
                .withMtu(mtu)
                .withHostMac(hostMac)
                .withPeerMac(containerMac)
                .withAlias(owner.toString())
                .withPort(config.port().flags());
        try {
            links(host).addVeth(spec);
            Ipv6Settings.ignoreAdvertisements(host, hostName);
        } catch (NetlinkException e) {
            throw refused(bridge, e);
        }
        new VlanPort(config.port(), host).join(hostName);
    }

    private RuntimeException refused(Link bridge, NetlinkException cause) {
        if (cause.errno() == Errno.EXFULL) {
            return full(bridge, cause);
        }
        boolean isTaken = cause.errno() == Errno.EEXIST
                && sandbox.route().links().byName(containerName).isPresent();
        return isTaken ? taken(cause) : cause;
    }

    private CniException taken(NetlinkException cause) {
        return new CniException(
                ErrorCode.INVALID_ENVIRONMENT,
                "CNI_IFNAME " + containerName + ": container veth name provided (" + containerName
                        + ") already exists in " + sandbox.path(),
                cause);
    }

    /** The pair of an attachment that nobody wrote down: by its peer in the container, else by what stands on the host end. */
    static List<VethTrace> find(Optional<Sandbox> sandbox, Host host, AttachmentId owner) {
        Optional<Link> inside = sandbox.flatMap(open -> open.route()
                .links()
                .byName(owner.ifName().value())
                .filter(link -> link.kind().equals(VETH)));
        Optional<Link> outside = inside.flatMap(link -> links(host).byIndex(link.peerIndex()));
        return outside
                .or(() -> marked(host, owner))
                .filter(link -> link.kind().equals(VETH))
                .flatMap(link -> link.mac().map(mac -> new VethTrace(link.name(), mac)))
                .stream()
                .toList();
    }

    private static Optional<Link> marked(Host host, AttachmentId owner) {
        return links(host).list().stream()
                .filter(link -> link.alias().equals(Optional.of(owner.toString())))
                .findFirst();
    }

    private static CniException full(Link bridge, NetlinkException cause) {
        return new CniException(
                ErrorCode.TRY_LATER,
                "bridge " + bridge.name() + " has no port left: a Linux bridge has 1023 at most",
                cause);
    }

    private static Links links(Host host) {
        return host.route().links();
    }
}
