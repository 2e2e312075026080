package io.netd.plugins.firewall;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.Optional;

/**
 * A bridge of netd's own in firewalld's zone {@value #ZONE}, which lets pass what comes from it: netd's own rules cannot, for
 * with nf_tables each table has its say. At run time only: it is gone where firewalld ended or was loaded again. A bridge that
 * the administrator put into another zone stays there.
 *
 * @param bridge the link
 */
public record BridgeZone(String bridge) implements Trace {
    private static final String ZONE = "trusted";

    @Override
    public void revert(Host host) {
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isPresent()) {
            try (Firewalld firewalld = found.get()) {
                firewalld.removeInterface(ZONE, bridge);
            }
        }
    }

    /** Puts it there, too, for the first time. */
    @Override
    public Optional<String> repair(Host host) {
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Firewalld firewalld = found.get()) {
            if (firewalld.hasInterface(ZONE, bridge) || !firewalld.addInterface(ZONE, bridge)) {
                return Optional.empty();
            }
            return Optional.of(bridge + " in zone " + ZONE + " of firewalld");
        }
    }
}
