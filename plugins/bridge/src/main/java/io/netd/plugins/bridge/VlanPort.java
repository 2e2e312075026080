package io.netd.plugins.bridge;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.route.BridgePorts;
import io.netd.netlink.route.PortVlan;
import io.netd.plugins.spi.Host;
import java.util.List;

/** A port of the host's bridge and the VLANs it is in. */
record VlanPort(PortOptions options, Host host) {
    /**
     * Puts a port into its VLANs, and out of those that it was born in.
     *
     * @throws CniException where the kernel has no VLANs
     */
    void join(String name) {
        if (!options.usesVlans()) {
            return;
        }
        int index = host.route().links().indexOf(name).orElseThrow(() -> gone(name));
        List<PortVlan> born = options.keepsDefaultVlan() ? List.of() : ports().vlans(index);
        try {
            if (!born.isEmpty()) {
                ports().removeVlans(index, born);
            }
            ports().addVlans(index, options.vlans());
        } catch (NetlinkException e) {
            throw refused(e);
        }
    }

    /** What of {@link PortOptions#vlans} the port lacks. */
    List<PortVlan> missing(int index) {
        List<PortVlan> present = ports().vlans(index);
        return options.vlans().stream().filter(wanted -> !isIn(wanted, present)).toList();
    }

    /** Says what a kernel lacks that does not know VLANs; any other refusal as it came. */
    RuntimeException refused(NetlinkException cause) {
        if (cause.errno() != Errno.EOPNOTSUPP) {
            return cause;
        }
        String option = options.vlan() == 0 ? "vlanTrunk" : "vlan " + options.vlan();
        return new CniException(
                ErrorCode.UNSUPPORTED_FIELD,
                option + ": this kernel's bridges have no VLAN filtering (CONFIG_BRIDGE_VLAN_FILTERING)",
                cause);
    }

    private static boolean isIn(PortVlan wanted, List<PortVlan> present) {
        if (wanted.pvid()) {
            return present.contains(wanted);
        }
        // The trunk's own VLAN for frames without a tag may cut a range in two.
        for (int id = wanted.first(); id <= wanted.last(); id++) {
            int each = id;
            if (present.stream().noneMatch(vlan -> vlan.first() <= each && each <= vlan.last())) {
                return false;
            }
        }
        return true;
    }

    static CniException gone(String name) {
        return new CniException(ErrorCode.TRY_LATER, name + " went away while it was being set up");
    }

    private BridgePorts ports() {
        return host.route().ports();
    }
}
