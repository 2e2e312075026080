package io.netd.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.firewall.Flavour;
import io.netd.firewall.TrafficContract;
import org.junit.jupiter.api.Test;

/** Packets through rules that share their chains with others'. */
abstract class TrafficOnIptablesContract extends TrafficContract {
    private final String suffix;

    TrafficOnIptablesContract(Flavour flavour, String suffix) {
        super(new IptablesEyes(flavour, suffix));
        this.suffix = suffix;
    }

    @Test
    void theForwardPolicyPlaysNoPart() {
        ledger.put(PORTS, published());
        host.sh("iptables" + suffix + " -P FORWARD DROP");
        assertThat(fetch(neighbour, "10.9.0.1", 8080)).isTrue();
    }
}
