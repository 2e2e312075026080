package io.netd.e2e;

/** The same with rules in nftables tables of netd's own. */
class ReachOnNftablesIT extends ReachIT {
    @Override
    String[] options() {
        return new String[] {ReachScene.ACCEPTED, "--firewall-backend=nftables"};
    }
}
