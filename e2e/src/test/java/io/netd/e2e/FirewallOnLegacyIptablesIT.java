package io.netd.e2e;

/** The same on a host whose iptables is the legacy one. */
class FirewallOnLegacyIptablesIT extends FirewallIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
        host.sh("for table in filter nat raw; do ip6tables -t $table -S; done").ok();
        super.furnish();
    }
}
