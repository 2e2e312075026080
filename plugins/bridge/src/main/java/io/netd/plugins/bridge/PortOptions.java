package io.netd.plugins.bridge;

import io.netd.cni.CniException;
import io.netd.cni.Settings;
import io.netd.netlink.route.PortFlags;
import io.netd.netlink.route.PortVlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the bridge makes of the container's port.
 *
 * @param flags {@code hairpinMode} and {@code portIsolation}
 * @param vlan the VLAN of the container's frames, {@code vlan}; 0 for none
 * @param vlans what the port is to be in, of {@code vlan} and {@code vlanTrunk}; none where VLANs are no matter
 * @param keepsDefaultVlan the VLANs that a new port of this bridge is in stay, {@code preserveDefaultVlan}
 * @param checksSource frames that bear another hardware address than the container's are dropped, {@code macspoofchk}
 */
record PortOptions(PortFlags flags, int vlan, List<PortVlan> vlans, boolean keepsDefaultVlan, boolean checksSource) {
    private static final int MAX_VLAN = PortVlan.MAX;

    PortOptions {
        vlans = List.copyOf(vlans);
    }

    /**
     * Reads the options.
     *
     * @throws CniException with code 7 for one that makes no sense
     */
    static PortOptions read(Settings settings) {
        int vlan = settings.integer("vlan", 0, MAX_VLAN).orElse(0);
        return new PortOptions(
                new PortFlags(settings.flag("hairpinMode", false), settings.flag("portIsolation", false)),
                vlan,
                vlans(vlan, trunk(settings)),
                settings.flag("preserveDefaultVlan", false),
                settings.flag("macspoofchk", false));
    }

    /** Whether the bridge has to keep VLANs apart. */
    boolean usesVlans() {
        return !vlans.isEmpty();
    }

    /** The same for the VLAN's gateway, which is in that VLAN alone. */
    PortOptions ofGateway() {
        return new PortOptions(PortFlags.NONE, vlan, List.of(PortVlan.untagged(vlan)), keepsDefaultVlan, false);
    }

    private static List<PortVlan> vlans(int vlan, SortedSet<Integer> trunk) {
        List<PortVlan> all = ranges(trunk);
        if (vlan != 0 || !trunk.isEmpty()) {
            // Last, so that it stays the VLAN of frames without a tag where the trunk has it too. That of a trunk alone
            // is 1.
            all.add(PortVlan.untagged(vlan == 0 ? 1 : vlan));
        }
        return all;
    }

    private static SortedSet<Integer> trunk(Settings settings) {
        SortedSet<Integer> ids = new TreeSet<>();
        for (Settings entry : settings.list("vlanTrunk")) {
            OptionalInt first = entry.integer("minID", 1, MAX_VLAN);
            OptionalInt last = entry.integer("maxID", 1, MAX_VLAN);
            if (first.isPresent() != last.isPresent()) {
                throw entry.invalid(first.isPresent() ? "maxID" : "minID", "is missing: minID and maxID go together");
            }
            if (first.isPresent() && last.getAsInt() < first.getAsInt()) {
                throw entry.invalid("minID", "is greater than maxID " + last.getAsInt());
            }
            for (int id = first.orElse(1); id <= last.orElse(0); id++) {
                ids.add(id);
            }
            entry.integer("id", 1, MAX_VLAN).ifPresent(ids::add);
        }
        return ids;
    }

    private static List<PortVlan> ranges(SortedSet<Integer> ids) {
        List<PortVlan> ranges = new ArrayList<>();
        for (int id : ids) {
            int end = ranges.size() - 1;
            if (end >= 0 && ranges.get(end).last() == id - 1) {
                ranges.set(end, PortVlan.tagged(ranges.get(end).first(), id));
            } else {
                ranges.add(PortVlan.tagged(id, id));
            }
        }
        return ranges;
    }
}
