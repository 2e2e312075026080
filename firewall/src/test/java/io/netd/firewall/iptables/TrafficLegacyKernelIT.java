package io.netd.firewall.iptables;

import io.netd.firewall.Flavour;

/** Packets through the rules of iptables-legacy. */
class TrafficLegacyKernelIT extends TrafficOnIptablesContract {
    TrafficLegacyKernelIT() {
        super(Flavour.IPTABLES_LEGACY, "-legacy");
    }
}
