package io.netd.e2e;

/** The same on a host whose iptables is the legacy one. */
class UserRulesSwitchOnLegacyIptablesIT extends UserRulesSwitchIT {
    @Override
    void furnish() {
        host.useLegacyIptables();
        super.furnish();
    }
}
