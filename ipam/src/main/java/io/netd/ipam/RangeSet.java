package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.IpRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ranges of one family without an overlap; a container gets one address out of each set. */
public record RangeSet(List<Range> ranges) {
    /** Keeps a copy. */
    public RangeSet {
        ranges = List.copyOf(ranges);
    }

    /**
     * Checks ranges as a configuration lists them.
     *
     * @throws CniException with code 7 when there is none, families are mixed, or two overlap
     */
    public static RangeSet of(List<IpRange> written) {
        if (written.isEmpty()) {
            throw refused("empty range set");
        }
        List<Range> ranges = written.stream().map(Range::of).toList();
        for (int i = 0; i < ranges.size(); i++) {
            for (Range other : ranges.subList(i + 1, ranges.size())) {
                Range range = ranges.get(i);
                if (range.subnet().family() != other.subnet().family()) {
                    throw refused("mixed address families");
                }
                if (range.overlaps(other)) {
                    throw refused("subnets " + range + " and " + other + " overlap");
                }
            }
        }
        return new RangeSet(ranges);
    }

    IpFamily family() {
        return ranges.get(0).subnet().family();
    }

    Optional<Range> rangeOf(IpAddress address) {
        return ranges.stream().filter(range -> range.contains(address)).findFirst();
    }

    boolean isGateway(IpAddress address) {
        return ranges.stream().anyMatch(range -> range.gateway().equals(address));
    }

    boolean overlaps(RangeSet other) {
        return ranges.stream().anyMatch(range -> other.ranges.stream().anyMatch(range::overlaps));
    }

    /** The ranges joined by commas, as host-local words it. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }

    private static CniException refused(String fault) {
        return new CniException(ErrorCode.INVALID_CONFIG, fault);
    }
}
