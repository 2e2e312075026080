package io.netd.netlink.route;

import io.netd.address.MacAddress;
import io.netd.linux.sys.Fd;
import java.util.Optional;

/**
 * A veth pair to make: the host's end, up at once, and the peer, which is down until it is set up inside.
 *
 * @param hostName name of the end that stays
 * @param peerName name of the other end
 * @param peerNamespace the network namespace the other end is born in
 * @param master index of the bridge that the host's end becomes a port of; 0 for none
 * @param mtu of both ends; 0 for the kernel's 1500
 * @param hostMac of the host's end; the kernel's choice when empty
 * @param peerMac of the other end; the kernel's choice when empty
 * @param alias free text shown by {@code ip link}
 * @param port how the bridge treats the host's end; needs a master
 */
public record VethSpec(
        String hostName,
        String peerName,
        Fd peerNamespace,
        int master,
        int mtu,
        Optional<MacAddress> hostMac,
        Optional<MacAddress> peerMac,
        Optional<String> alias,
        PortFlags port) {
    /** A pair with the kernel's defaults. */
    public static VethSpec of(String hostName, String peerName, Fd peerNamespace) {
        return new VethSpec(
                hostName,
                peerName,
                peerNamespace,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PortFlags.NONE);
    }

    /** The same as a port of this bridge. */
    public VethSpec withMaster(int index) {
        return new VethSpec(hostName, peerName, peerNamespace, index, mtu, hostMac, peerMac, alias, port);
    }

    /** The same with this MTU on both ends. */
    public VethSpec withMtu(int bytes) {
        return new VethSpec(hostName, peerName, peerNamespace, master, bytes, hostMac, peerMac, alias, port);
    }

    /** The same with this address on the host's end. */
    public VethSpec withHostMac(MacAddress mac) {
        return new VethSpec(hostName, peerName, peerNamespace, master, mtu, Optional.of(mac), peerMac, alias, port);
    }

    /** The same with this address on the other end. */
    public VethSpec withPeerMac(MacAddress mac) {
        return new VethSpec(hostName, peerName, peerNamespace, master, mtu, hostMac, Optional.of(mac), alias, port);
    }

    /** The same with this alias on the host's end. */
    public VethSpec withAlias(String text) {
        return new VethSpec(hostName, peerName, peerNamespace, master, mtu, hostMac, peerMac, Optional.of(text), port);
    }

    /** The same, treated so by its bridge. */
    public VethSpec withPort(PortFlags flags) {
        return new VethSpec(hostName, peerName, peerNamespace, master, mtu, hostMac, peerMac, alias, flags);
    }
}
