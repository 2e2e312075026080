package io.netd.ipam;

import io.netd.address.IpAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Walks once round a set's addresses, range after range, from a starting point; gateways are left out. */
final class Candidates {
    private final RangeSet set;
    private int index;
    private IpAddress current;

    private Candidates(RangeSet set, int index, IpAddress current) {
        this.set = set;
        this.index = index;
        this.current = current;
    }

    /** The first address in the walk that is not taken; the walk starts after {@code last} if that is in the set. */
    static Optional<AllocatedAddress> firstFree(RangeSet set, Optional<IpAddress> last, Predicate<IpAddress> isTaken) {
        Candidates walk = start(set, last);
        int firstIndex = walk.index;
        IpAddress first = walk.current;
        do {
            if (!set.isGateway(walk.current) && !isTaken.test(walk.current)) {
                return Optional.of(
                        AllocatedAddress.of(walk.current, set.ranges().get(walk.index)));
            }
            walk.advance();
        } while (walk.index != firstIndex || !walk.current.equals(first));
        return Optional.empty();
    }

    private static Candidates start(RangeSet set, Optional<IpAddress> last) {
        for (int i = 0; last.isPresent() && i < set.ranges().size(); i++) {
            if (set.ranges().get(i).contains(last.get())) {
                Candidates walk = new Candidates(set, i, last.get());
                walk.advance();
                return walk;
            }
        }
        return new Candidates(set, 0, set.ranges().get(0).start());
    }

    private void advance() {
        if (current.equals(set.ranges().get(index).end())) {
            index = (index + 1) % set.ranges().size();
            current = set.ranges().get(index).start();
        } else {
            current = current.plus(1);
        }
    }
}
