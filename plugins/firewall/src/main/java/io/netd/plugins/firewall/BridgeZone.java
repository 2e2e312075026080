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
        Firewalld.tell(host, firewalld -> firewalld.removeInterface(ZONE, bridge));
    }

    /** Puts it there, too, for the first time. */
    @Override
    public Optional<String> repair(Host host) {
        return Firewalld.ask(host, this::put)
                .filter(isNew -> isNew)
                .map(isNew -> bridge + " in zone " + ZONE + " of firewalld");
    }

    private boolean put(Firewalld firewalld) {
        return !firewalld.hasInterface(ZONE, bridge) && firewalld.addInterface(ZONE, bridge);
    }
}
