package io.netd.firewall.iptables;

import io.netd.firewall.Flavour;

/** Packets through the rules of iptables-legacy. */
class TrafficLegacyKernelIT extends TrafficContract {
    TrafficLegacyKernelIT() {
        super(Flavour.IPTABLES_LEGACY, "-legacy");
    }
}
