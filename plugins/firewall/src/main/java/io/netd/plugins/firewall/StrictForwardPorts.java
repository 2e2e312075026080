package io.netd.plugins.firewall;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.spi.Host;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A firewalld that lets no ports be published but those that it was told of itself. Its answer is remembered: it comes, goes and
 * reads its configuration with changes of the host's rules, after each of which it has to be {@link #forget forgotten}. Any
 * thread.
 */
public final class StrictForwardPorts {
    private static final Logger LOG = System.getLogger(StrictForwardPorts.class.getName());

    private final AtomicInteger changes = new AtomicInteger();
    private volatile Answer known = new Answer(-1, false);

    /** What it said when there had been so many changes of rules. */
    private record Answer(int changes, boolean isStrict) {}

    /**
     * Refuses, in netavark's words, to publish ports on a host that has such a firewalld. Asks over D-Bus where there is
     * one; blocks. A bus that does not answer forbids nothing.
     *
     * @param host always the same
     * @throws CniException if it does
     */
    public void refuse(Host host) {
        if (isOn(host)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG, "port forwarding not possible as firewalld StrictForwardPorts enabled");
        }
    }

    /** Somebody else has changed the host's rules. */
    public void forget() {
        changes.incrementAndGet();
    }

    private boolean isOn(Host host) {
        int now = changes.get();
        Answer last = known;
        if (last.changes() == now) {
            return last.isStrict();
        }
        try {
            boolean isStrict = ask(host);
            known = new Answer(now, isStrict);
            return isStrict;
        } catch (BusException e) {
            LOG.log(Level.WARNING, "ask firewalld for StrictForwardPorts: " + e.getMessage());
            return false;
        }
    }

    private static boolean ask(Host host) {
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isEmpty()) {
            return false;
        }
        try (Firewalld firewalld = found.get()) {
            return firewalld.isStrict();
        }
    }
}
