package io.netd.plugins.spi.pair;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.CniInterface;
import io.netd.cni.ErrorCode;
import io.netd.cni.Settings;
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
 * @param hostName the host's end
 * @param containerName the other end, in the container's namespace
 * @param mtu of both ends
 * @param owner written on the host end, so that it can be found without the container's namespace
 */
public record VethPair(
        String hostName,
        MacAddress hostMac,
        String containerName,
        MacAddress containerMac,
        int mtu,
        AttachmentId owner,
        Sandbox sandbox) {
    private static final String VETH = "veth";
    private static final int MAX_MTU = 65_535;
    private static final int MIN_MTU = 68;

    /**
     * A pair for an attachment, with names and addresses that are new.
     *
     * @param mac the container's end's, if the caller wants a certain one
     * @param mtu of both ends
     */
    public static VethPair random(AddRequest request, Optional<MacAddress> mac, int mtu) {
        return new VethPair(
                randomName(),
                MacAddress.randomLocal(),
                request.ifName().value(),
                mac.orElseGet(MacAddress::randomLocal),
                mtu,
                new AttachmentId(request.id(), request.ifName()),
                request.sandbox());
    }

    /**
     * The {@code mtu} of a plugin's configuration in bytes; 0 leaves it to the plugin.
     *
     * @throws CniException with code 7 for one that no pair can have
     */
    public static int mtu(Settings settings) {
        int mtu = settings.integer("mtu", 0, MAX_MTU).orElse(0);
        if (mtu != 0 && mtu < MIN_MTU) {
            throw settings.invalid("mtu", "must be 0 or from " + MIN_MTU + " to " + MAX_MTU);
        }
        return mtu;
    }

    /** A name for a host's end. */
    public static String randomName() {
        return String.format("%s%08x", VETH, ThreadLocalRandom.current().nextInt());
    }

    /** To be left before the pair is made. */
    public VethTrace trace() {
        return new VethTrace(hostName, hostMac);
    }

    /** The pair as the kernel is asked for it; a plugin may refine it. */
    public VethSpec spec() {
        return VethSpec.of(hostName, containerName, sandbox.namespace().fd())
                .withMtu(mtu)
                .withHostMac(hostMac)
                .withPeerMac(containerMac)
                .withAlias(owner.toString());
    }

    /**
     * Makes the pair in one message: the host's end is up, the other end in the container under its final name, down.
     *
     * @param spec this pair's, refined
     * @throws CniException when the container has an interface of that name
     * @throws NetlinkException for what else the kernel refuses
     */
    public void make(Host host, VethSpec spec) {
        try {
            links(host).addVeth(spec);
        } catch (NetlinkException e) {
            throw isTaken(e) ? taken(e) : e;
        }
        Ipv6Settings.ignoreAdvertisements(host, hostName);
    }

    /** The host's end in a result. */
    public CniInterface hostEnd() {
        return CniInterface.ofHost(hostName, hostMac, mtu);
    }

    /** The container's end in a result. */
    public CniInterface containerEnd() {
        return CniInterface.ofContainer(containerName, containerMac, mtu, sandbox.path());
    }

    private boolean isTaken(NetlinkException cause) {
        return cause.errno() == Errno.EEXIST
                && sandbox.route().links().byName(containerName).isPresent();
    }

    private CniException taken(NetlinkException cause) {
        return new CniException(
                ErrorCode.INVALID_ENVIRONMENT,
                "CNI_IFNAME " + containerName + ": container veth name provided (" + containerName
                        + ") already exists in " + sandbox.path(),
                cause);
    }

    /** The pair of an attachment that nobody wrote down: by its peer in the container, else by what stands on the host end. */
    public static List<VethTrace> find(Optional<Sandbox> sandbox, Host host, AttachmentId owner) {
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

    private static Links links(Host host) {
        return host.route().links();
    }
}
