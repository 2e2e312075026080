package io.netd.plugins.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.firewall.Owner;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortOwner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTraceTest {
    private static final PortOwner WEB = new PortOwner("web/eth0", "container web");
    private static final PortsTrace PORTS = new PortsTrace(WEB, List.of(), Grip.HELD, Optional.empty());

    @Test
    void portsGoAfterTheRulesThatLeadFromThem() {
        RulesTrace rules = new RulesTrace(PortsTrace.rules(WEB), List.of());
        RulesTrace others = new RulesTrace(new Owner("attachment/web/eth0/bridge"), List.of());

        assertThat(PORTS.outlasts(rules)).isTrue();
        assertThat(PORTS.outlasts(others)).isFalse();
        assertThat(Trace.toRevert(List.of(PORTS, rules))).containsExactly(rules, PORTS);
    }
}
