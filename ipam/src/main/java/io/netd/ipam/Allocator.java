package io.netd.ipam;

import io.netd.address.IpAddress;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses addresses; pure. Words its refusals as host-local does.
 *
 * @param isTaken whether somebody holds an address
 * @param lastOf the address that was given last out of the set of an index
 */
record Allocator(Predicate<IpAddress> isTaken, Function<Integer, Optional<IpAddress>> lastOf) {
    /**
     * One address out of each set: the requested one that lies in it, or the next in the configuration's order.
     *
     * @throws CniException code 11 when a set is exhausted or a requested address is taken, 7 when one is in no set or
     *     may never be given
     */
    List<AllocatedAddress> choose(IpamConfig config) {
        List<IpAddress> requested = new ArrayList<>(config.requested());
        List<AllocatedAddress> chosen = new ArrayList<>();
        for (int i = 0; i < config.sets().size(); i++) {
            RangeSet set = config.sets().get(i);
            try {
                Optional<IpAddress> wish = requested.stream()
                        .filter(address -> set.rangeOf(address).isPresent())
                        .findFirst();
                wish.ifPresent(requested::remove);
                chosen.add(wish.isPresent() ? take(set, wish.get()) : next(set, i, config.order()));
            } catch (CniException e) {
                throw e.within("failed to allocate for range " + i);
            }
        }
        if (!requested.isEmpty()) {
            throw unfulfilled(requested, config.sets());
        }
        return chosen;
    }

    private AllocatedAddress take(RangeSet set, IpAddress wish) {
        if (set.isGateway(wish)) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "requested ip " + wish + " is subnet's gateway");
        }
        if (isTaken.test(wish)) {
            throw new CniException(
                    ErrorCode.TRY_LATER, "requested IP address " + wish + " is not available in range set " + set);
        }
        return AllocatedAddress.of(wish, set.rangeOf(wish).orElseThrow());
    }

    private AllocatedAddress next(RangeSet set, int index, AllocationOrder order) {
        Optional<IpAddress> last = order == AllocationOrder.ROUND_ROBIN ? lastOf.apply(index) : Optional.empty();
        return Candidates.firstFree(set, last, isTaken)
                .orElseThrow(
                        () -> new CniException(ErrorCode.TRY_LATER, "no IP addresses available in range set: " + set));
    }

    private static CniException unfulfilled(List<IpAddress> requested, List<RangeSet> sets) {
        return new CniException(
                ErrorCode.INVALID_CONFIG,
                "failed to allocate all requested IPs: "
                        + requested.stream().map(IpAddress::toString).collect(Collectors.joining(" ")),
                "the range sets are " + sets);
    }
}
