package io.netd.e2e;

/** The same with rules in nftables tables of netd's own. */
class KilledDaemonOnNftablesIT extends KilledDaemonIT {
    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }
}
