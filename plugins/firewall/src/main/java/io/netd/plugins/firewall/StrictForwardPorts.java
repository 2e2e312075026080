package io.netd.plugins.firewall;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.spi.Host;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A firewalld that lets no ports be published but those that it was told of itself. That it forbids nothing, or does not
 * answer, is remembered: it comes and reads its configuration with changes of the host's rules, after each of which it has
 * to be {@link #forget forgotten}. That it forbids is asked anew each time, as it changes the rules first and goes then. Any
 * thread.
 */
public final class StrictForwardPorts {
    private static final Logger LOG = System.getLogger(StrictForwardPorts.class.getName());

    private final AtomicInteger changes = new AtomicInteger();

    /** How many changes of rules there had been when nothing was last found to be forbidden. */
    private volatile int allowedAt = -1;

    /**
     * Refuses, in netavark's words, to publish ports on a host that has such a firewalld. Asks over D-Bus where there is
     * one; blocks, with the worker's place lent, and so without a lock. A bus that does not answer forbids nothing.
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
        if (allowedAt == now) {
            return false;
        }
        boolean isStrict = host.waiting(() -> answer(host));
        if (!isStrict) {
            allowedAt = now;
        }
        return isStrict;
    }

    private static boolean answer(Host host) {
        try {
            return Firewalld.ask(host, Firewalld::isStrict).orElse(false);
        } catch (BusException e) {
            LOG.log(Level.WARNING, "ask firewalld for StrictForwardPorts: " + e.getMessage());
            return false;
        }
    }
}
