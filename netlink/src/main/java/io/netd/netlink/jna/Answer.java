package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import java.util.List;
import java.util.Optional;

/**
 * What came back for a batch: decoded replies and refusals, both in the order received. Refusals are values here because many are
 * expected (EEXIST, ENODEV).
 *
 * @param request what was asked for, for the error message
 * @param items the decoded replies
 * @param failures the refusals, empty when all went well
 */
public record Answer<T>(String request, List<T> items, List<Failure> failures) {
    /** Copies the lists. */
    public Answer {
        items = List.copyOf(items);
        failures = List.copyOf(failures);
    }

    /** The first refusal. */
    public Optional<Failure> failure() {
        return failures.stream().findFirst();
    }

    /** Whether the first refusal has this error number. */
    public boolean failedWith(Errno errno) {
        return !failures.isEmpty() && failures.get(0).errno() == errno;
    }

    /**
     * The decoded replies.
     *
     * @throws NetlinkException when any message was refused
     */
    public List<T> orThrow() {
        if (!failures.isEmpty()) {
            throw exception(failures.get(0));
        }
        return items;
    }

    /**
     * Like {@link #orThrow}, but this refusal of the first message refused is as good as success.
     *
     * @return whether it went well without it
     */
    public boolean unless(Errno expected) {
        if (failedWith(expected)) {
            return false;
        }
        orThrow();
        return true;
    }

    /** The exception for one of the refusals. */
    public NetlinkException exception(Failure failure) {
        return new NetlinkException(failure.errno(), request, failure.text());
    }
}
