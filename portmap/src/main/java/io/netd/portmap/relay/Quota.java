package io.netd.portmap.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** How many of a kind there may be at a time. On the relay's thread. */
final class Quota {
    private static final Logger LOG = System.getLogger(Quota.class.getName());

    private final String what;
    private final int most;
    private int count;
    private boolean wasExceeded;

    /** At most so many, called {@code what} in the log. */
    Quota(String what, int most) {
        this.what = what;
        this.most = most;
    }

    /** Takes one if there is one left; the first refusal after a time without is told in the log. */
    boolean take() {
        if (count < most) {
            count++;
            return true;
        }
        if (!wasExceeded) {
            wasExceeded = true;
            LOG.log(Level.WARNING, most + " " + what + " to [::1] are relayed, which is the most; others are refused");
        }
        return false;
    }

    /** Gives one back. */
    void give() {
        count--;
        // Not at the limit itself, where every end of one would have the next refusal told.
        wasExceeded = wasExceeded && count > most / 2;
    }
}
