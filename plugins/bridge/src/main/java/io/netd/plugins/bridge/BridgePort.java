package io.netd.plugins.bridge;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.VethSpec;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.pair.VethPair;

/** The place of a container's pair on the bridge. */
record BridgePort(Link bridge, PortOptions options, Host host) {
    /** Makes the pair, its host's end on the bridge. */
    void plug(VethPair pair) {
        VethSpec spec = pair.spec().withMaster(bridge.index()).withPort(options.flags());
        try {
            pair.make(host, spec);
        } catch (NetlinkException e) {
            throw e.errno() == Errno.EXFULL ? full(e) : e;
        }
        new VlanPort(options, host).join(pair.hostName());
    }

    private CniException full(NetlinkException cause) {
        return new CniException(
                ErrorCode.TRY_LATER,
                "bridge " + bridge.name() + " has no port left: a Linux bridge has 1023 at most",
                cause);
    }
}
