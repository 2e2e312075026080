package io.netd.e2e;

/** The same where the rules stand in nftables tables of netd's own. */
class TraceOnNftablesIT extends TraceIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }

    @Override
    String rawDrop() {
        return "ip netd raw-PREROUTING: ";
    }
}
