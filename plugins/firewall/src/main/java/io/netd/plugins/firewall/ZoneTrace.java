package io.netd.plugins.firewall;

import io.netd.address.IpPrefix;
import io.netd.plugins.firewall.dbus.BusException;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isPresent()) {
            try (Firewalld firewalld = found.get()) {
                remove(firewalld);
            }
        }
    }

    @Override
    public Optional<String> repair(Host host) {
        Optional<Firewalld> found = Firewalld.find(host);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Firewalld firewalld = found.get()) {
            List<IpPrefix> missing = sources.stream()
                    .filter(source -> !firewalld.has(zone, source))
                    .toList();
            missing.forEach(source -> firewalld.add(zone, source));
            return missing.isEmpty() ? Optional.empty() : Optional.of(missing + " in zone " + zone + " of firewalld");
        }
    }

    private void remove(Firewalld firewalld) {
        List<BusException> failures = new ArrayList<>();
        for (IpPrefix source : sources) {
            try {
                firewalld.remove(zone, source);
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
