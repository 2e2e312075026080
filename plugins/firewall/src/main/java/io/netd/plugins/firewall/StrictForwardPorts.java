package io.netd.plugins.firewall;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.spi.Host;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** A firewalld that lets no ports be published but those that it was told of itself. */
public final class StrictForwardPorts {
    private static final Logger LOG = System.getLogger(StrictForwardPorts.class.getName());

    private StrictForwardPorts() {}

    /**
     * Refuses, in netavark's words, to publish ports on a host that has such a firewalld. Asks over D-Bus where there is
     * one; blocks. A bus that does not answer forbids nothing.
     *
     * @throws CniException if it does
     */
    public static void refuse(Host host) {
        if (isOn(host)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG, "port forwarding not possible as firewalld StrictForwardPorts enabled");
        }
    }

    private static boolean isOn(Host host) {
        try {
            Optional<Firewalld> found = Firewalld.find(host);
            if (found.isEmpty()) {
                return false;
            }
            try (Firewalld firewalld = found.get()) {
                return firewalld.isStrict();
            }
        } catch (BusException e) {
            LOG.log(Level.WARNING, "ask firewalld for StrictForwardPorts: " + e.getMessage());
            return false;
        }
    }
}
