package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** With rules in tables of netd's own ufw's drop is final, until its owner does what the doctor says. */
class UfwOnNftablesIT extends UfwIT {
    private static final String ALLOW = "ufw route allow in on docker0 && ufw route allow out on docker0";

    @Override
    String[] options() {
        return new String[] {"--firewall-backend=nftables"};
    }

    @Override
    void allow() {
        assertThat(host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":8080/")
                        .exitCode())
                .isEqualTo(28);
        assertThat(host.netctl("doctor").out()).contains("ip filter FORWARD (policy drop)", ALLOW);
        host.sh(ALLOW).ok();
    }
}
