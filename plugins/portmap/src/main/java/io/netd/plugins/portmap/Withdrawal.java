package io.netd.plugins.portmap;

import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes single ports back from what they were published with.
 *
 * @param from which leaves its traces beside one another: itself first, its rules last
 */
record Withdrawal(Host host, Chained chained, PortsTrace from) {
    /** The traces without those mappings, whose rules and flows are gone. */
    List<Trace> of(List<PortMapping> gone, List<Trace> traces) {
        List<PortMapping> left = from.mappings().stream()
                .filter(mapping -> !gone.contains(mapping))
                .toList();
        List<Rule> rules = rules(left);
        host.firewall().put(owner(), rules);
        FlowsTrace.of(chained.publications(gone)).prepare(host);
        int first = traces.indexOf(from);
        int behind = first + 1;
        while (behind < traces.size() && !isRules(traces.get(behind - 1))) {
            behind++;
        }
        List<Trace> changed = new ArrayList<>(traces.subList(0, first));
        for (Trace trace : traces.subList(first, behind)) {
            changed(trace, left, rules, gone).ifPresent(changed::add);
        }
        changed.addAll(traces.subList(behind, traces.size()));
        return changed;
    }

    private Optional<Trace> changed(Trace trace, List<PortMapping> left, List<Rule> rules, List<PortMapping> gone) {
        if (left.isEmpty()) {
            if (trace instanceof LocalnetTrace localnet) {
                localnet.revert(host);
            }
            return Optional.empty();
        }
        if (trace.equals(from)) {
            return Optional.of(from.with(left));
        }
        if (trace instanceof FlowsTrace flows) {
            return Optional.of(flows.without(gone));
        }
        return Optional.of(
                isRules(trace)
                        ? new RulesTrace(owner(), rules).on(host.firewall().usual())
                        : trace);
    }

    private List<Rule> rules(List<PortMapping> left) {
        List<Rule> rules = new ArrayList<>();
        for (Publication publication : chained.publications(left)) {
            rules.addAll(chained.rules(publication, how()));
        }
        return rules;
    }

    /** An earlier netd held the ports of protected networks only, and wrote down no more. */
    private Publishing how() {
        return from.how().orElse(new Publishing(from.grip() == Grip.HELD, true, false, Map.of(), Optional.empty()));
    }

    private Owner owner() {
        return PortsTrace.rules(from.owner());
    }

    private boolean isRules(Trace trace) {
        return trace instanceof RulesTrace rules && rules.owner().equals(owner());
    }
}
