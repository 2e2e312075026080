package io.netd.netlink.route;

/**
 * VLANs whose frames a bridge port takes part in.
 *
 * @param first the lowest id, 1 to 4094
 * @param last the highest id
 * @param pvid whether frames that come in without a tag belong here; for one VLAN only
 * @param untagged whether frames leave without their tag
 */
public record PortVlan(int first, int last, boolean pvid, boolean untagged) {
    /** The highest id there is. */
    public static final int MAX = 4094;

    /** Refuses what the kernel would refuse. */
    public PortVlan {
        if (first < 1 || last < first || last > MAX || pvid && first != last) {
            throw new IllegalArgumentException("no VLANs of a port: " + first + "-" + last + (pvid ? " pvid" : ""));
        }
    }

    /** Frames of these VLANs pass with their tags. */
    public static PortVlan tagged(int first, int last) {
        return new PortVlan(first, last, false, false);
    }

    /** The VLAN of frames without a tag. */
    public static PortVlan untagged(int id) {
        return new PortVlan(id, id, true, true);
    }
}
