package io.netd.firewall.iptables;

import io.netd.firewall.Flavour;

/** Packets through the rules of iptables-nft. */
class TrafficNftKernelIT extends TrafficOnIptablesContract {
    TrafficNftKernelIT() {
        super(Flavour.IPTABLES_NFT, "-nft");
    }
}
