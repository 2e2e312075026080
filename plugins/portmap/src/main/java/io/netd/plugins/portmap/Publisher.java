package io.netd.plugins.portmap;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.linux.sysctl.Sysctl;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PortTakenException;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deeds of one ADD: reserve, translate, forget old flows. What is translated and what is opened at the container's own
 * addresses is written down at once.
 *
 * @param chained what the plugins before made
 * @param result what the ADD will return
 */
record Publisher(Host host, LeftTraces traces, Subject subject, Chained chained, CniResult result) {
    void publish(List<PortRequest> wanted, Publishing how, Grip grip) {
        List<Published> parts = new ArrayList<>();
        opened(wanted, how).ifPresent(parts::add);
        List<PortRequest> settled = chained.settle(wanted, grip);
        if (settled.isEmpty()) {
            open(parts);
            return;
        }
        PortsTrace ports = reserve(settled, how, grip);
        try {
            parts.add(0, Published.of(ports, subject, chained, how));
            open(parts);
        } catch (RuntimeException e) {
            // Once it is written down whoever undoes that lets it go, after the rules that lead there.
            if (traces.isEmpty()) {
                ports.revert(host);
            }
            throw e;
        }
    }

    /** What lets in what is meant for the container's own ports at its own addresses. */
    private Optional<Published> opened(List<PortRequest> wanted, Publishing how) {
        List<PortMapping> ports = chained.opened(wanted);
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        Subject opening = subject.opening();
        PortsTrace opened = new PortsTrace(opening.ports(), ports, Grip.NONE, Optional.of(how));
        return Optional.of(Published.of(opened, opening, chained, how));
    }

    /** Until it is journalled with the rest, a reservation lives in this process alone and ends with it. */
    private PortsTrace reserve(List<PortRequest> wanted, Publishing how, Grip grip) {
        try {
            List<PortMapping> settled = host.ports().reserve(subject.ports(), wanted, grip);
            return new PortsTrace(subject.ports(), settled, grip, Optional.of(how));
        } catch (PortTakenException e) {
            throw new CniException(ErrorCode.PORT_TAKEN, e.getMessage(), e);
        }
    }

    private void open(List<Published> parts) {
        Optional<LocalnetTrace> localnet = parts.stream()
                .filter(Published::needsLocalnet)
                .findFirst()
                .map(part -> new LocalnetTrace(chained.bridge()));
        if (localnet.isPresent()) {
            openLocalnet(parts, localnet.get());
        } else {
            leave(parts, Optional.empty());
            translate(parts);
        }
        for (Published part : parts) {
            part.flows().prepare(host);
            part.relay().ifPresent(relay -> relay.apply(host));
        }
    }

    private void openLocalnet(List<Published> parts, LocalnetTrace localnet) {
        host.alone(localnet.lock(), () -> {
            boolean wasOff = localnet.isOff(host);
            // Somebody else's 1 stays; one of ours has a guard standing beside it.
            boolean isOurs = wasOff || chained.isGuarded() || localnet.isGuarded(host);
            leave(parts, isOurs ? Optional.of(localnet) : Optional.empty());
            // The guard among the rules must stand before the gate opens.
            translate(parts);
            if (wasOff) {
                host.namespace().run(() -> Sysctl.write(localnet.key(), "1"));
            }
            return parts;
        });
    }

    private void translate(List<Published> parts) {
        Map<Owner, List<Rule>> rules = new LinkedHashMap<>();
        parts.forEach(part -> rules.put(part.rules().owner(), part.rules().rules()));
        host.firewall().put(rules);
    }

    private void leave(List<Published> parts, Optional<LocalnetTrace> localnet) {
        List<Trace> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.traces(localnet.filter(gate -> part.needsLocalnet()))));
        if (!all.isEmpty()) {
            traces.leave(all, result);
        }
    }
}
