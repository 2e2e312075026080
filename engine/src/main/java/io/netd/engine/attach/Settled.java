package io.netd.engine.attach;

import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.List;

/** Traces as they are journalled: rules are found again where they stand, whatever will be usual then. */
final class Settled {
    private Settled() {}

    static List<Trace> traces(List<? extends Trace> traces, Host host) {
        return traces.stream()
                .map(trace ->
                        trace instanceof RulesTrace rules && rules.framework().isEmpty()
                                ? rules.on(host.firewall().usual())
                                : trace)
                .map(Trace.class::cast)
                .toList();
    }
}
