package io.netd.plugins.portmap;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Rule;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.Optional;

/**
 * {@code route_localnet} of a bridge, which lets the host reach published ports through 127.0.0.1. It is switched off with
 * the last attachment whose rules keep the bridge's containers away from the host's loopback.
 *
 * @param bridge the bridge
 */
public record LocalnetTrace(String bridge) implements Trace {
    @Override
    public void revert(Host host) {
        host.alone(lock(), () -> {
            if (!isGuarded(host)) {
                switchOff(host);
            }
            return bridge;
        });
    }

    /** The guard that is still wanted would look like somebody else's. */
    @Override
    public boolean outlasts(Trace other) {
        return other instanceof RulesTrace rules
                && rules.rules().stream().anyMatch(rule -> rule.plain().equals(guard()));
    }

    /** A daemon that was killed had written this down and not done it yet. The guard stands: rules come back first. */
    @Override
    public Optional<String> repair(Host host) {
        return host.alone(lock(), () -> {
            boolean isLost = isLost(host);
            if (isLost) {
                host.namespace().run(() -> Sysctl.write(key(), "1"));
            }
            return isLost ? Optional.of(key()) : Optional.empty();
        });
    }

    /** A bridge that is gone has lost it, too. */
    @Override
    public Optional<String> drift(Host host) {
        try {
            return isLost(host)
                    ? Optional.of(key().replace('/', '.') + " is 0: no port of a container on " + bridge
                            + " is reached at 127.0.0.1")
                    : Optional.empty();
        } catch (CniException e) {
            return Optional.of(e.getMessage());
        }
    }

    private boolean isLost(Host host) {
        return isGuarded(host) && isOff(host);
    }

    /**
     * Whether it is switched off.
     *
     * @throws CniException when the bridge is gone
     */
    boolean isOff(Host host) {
        try {
            return host.namespace().call(() -> Sysctl.isOff(key()));
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                throw new CniException(
                        ErrorCode.INTERNAL, "interface " + bridge + " is gone, by which ports would lead", e);
            }
            throw e;
        }
    }

    String key() {
        return "net/ipv4/conf/" + bridge + "/route_localnet";
    }

    String lock() {
        return "route_localnet/" + bridge;
    }

    boolean isGuarded(Host host) {
        return host.firewall().isWanted(guard());
    }

    private Rule guard() {
        return NetworkRules.loopbackGuard(bridge);
    }

    private void switchOff(Host host) {
        try {
            host.namespace().run(() -> Sysctl.write(key(), "0"));
        } catch (LinuxException e) {
            // The bridge is gone, and its setting with it.
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }
}
