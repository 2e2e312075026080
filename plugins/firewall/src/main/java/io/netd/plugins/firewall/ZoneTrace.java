package io.netd.plugins.firewall;

import io.netd.address.IpPrefix;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Addresses in a zone of firewalld. They are gone already where firewalld ended or was loaded again.
 *
 * @param zone the zone
 * @param sources the addresses
 */
public record ZoneTrace(String zone, List<IpPrefix> sources) implements Trace {
    /** Keeps a copy. */
    public ZoneTrace {
        sources = List.copyOf(sources);
    }

    @Override
    public void revert(Host host) {
        Firewalld.tell(host, firewalld -> each(source -> firewalld.remove(zone, source)));
    }

    @Override
    public Optional<String> repair(Host host) {
        List<IpPrefix> missing = new ArrayList<>();
        Firewalld.tell(
                host,
                firewalld -> each(source -> {
                    if (!firewalld.has(zone, source) && firewalld.add(zone, source)) {
                        missing.add(source);
                    }
                }));
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing + " in zone " + zone + " of firewalld");
    }

    /** Goes on past refusals, which it reports together. */
    private void each(Consumer<IpPrefix> deed) {
        List<BusException> failures = new ArrayList<>();
        for (IpPrefix source : sources) {
            try {
                deed.accept(source);
            } catch (BusException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            BusException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
