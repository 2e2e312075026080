package io.netd.firewall.nftables;

import io.netd.firewall.TrafficContract;

/** Packets through the rules of netd's own tables. */
class TrafficNftablesKernelIT extends TrafficContract {
    TrafficNftablesKernelIT() {
        super(new NftEyes());
    }
}
