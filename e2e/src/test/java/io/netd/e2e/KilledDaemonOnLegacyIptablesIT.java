package io.netd.e2e;

/** The same on a host whose iptables is the legacy one. */
class KilledDaemonOnLegacyIptablesIT extends KilledDaemonIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
    }
}
