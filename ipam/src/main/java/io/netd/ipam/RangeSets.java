package io.netd.ipam;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.IpRange;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.ArrayList;
import java.util.List;

/** Puts together all range sets of a configuration: the runtime's first, then the old-style one, then the list. */
final class RangeSets {
    private RangeSets() {}

    static List<RangeSet> read(Settings ipam, NetworkConfig config) {
        List<List<IpRange>> written = new ArrayList<>(config.runtimeConfig().ipRanges());
        if (ipam.has("subnet")) {
            written.add(List.of(IpRange.read(ipam)));
        }
        ipam.lists("ranges")
                .forEach(set -> written.add(set.stream().map(IpRange::read).toList()));
        if (written.isEmpty()) {
            throw refused("no IP ranges specified");
        }
        List<RangeSet> sets = new ArrayList<>();
        for (List<IpRange> set : written) {
            try {
                sets.add(RangeSet.of(set));
            } catch (CniException e) {
                throw e.within("invalid range set " + sets.size());
            }
        }
        AddressCount.requireRoom(
                config.version(), sets.stream().map(RangeSet::family).toList());
        requireApart(sets);
        return sets;
    }

    private static void requireApart(List<RangeSet> sets) {
        for (int i = 0; i < sets.size(); i++) {
            for (int j = i + 1; j < sets.size(); j++) {
                if (sets.get(i).overlaps(sets.get(j))) {
                    throw refused("range set " + i + " overlaps with " + j);
                }
            }
        }
    }

    private static CniException refused(String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, fault);
    }
}
