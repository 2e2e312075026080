package io.netd.e2e;

import org.junit.jupiter.api.AfterEach;

/** A host that has IPv6 to its neighbour on the wire, with a daemon that tests start again with other options. */
abstract class Ipv6WireTestBase extends NetdTestBase {
    static final String HOST6 = "2001:db8::2";
    static final String WIRE6 = "2001:db8::1";

    /** A network with IPv6 turns forwarding on, which stays until netd is uninstalled. */
    @Override
    void furnish() {
        host.sh("""
                sysctl -qw net.ipv6.conf.all.forwarding=1
                ip address add 2001:db8::2/64 dev uplink nodad
                ip -n wire address add 2001:db8::1/64 dev eth0 nodad
                """).ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        removeContainers();
        host.sh("ip -n wire route flush via " + Host.ADDRESS + "; ip -n wire -6 route flush via " + HOST6);
        restartWith(options());
        super.hostIsAsBefore();
    }

    /** A new docker0 gets its carrier with its first container. */
    final void restartWith(String... options) {
        daemon.terminate();
        daemon = Daemon.start(host, options);
        host.netctl("run", "--rm", IMAGE, "true").ok();
    }

    /** The exit code. */
    final int ping(String container, String address) {
        return host.netctl("exec", container, "ping", "-c", "1", "-W", "1", address)
                .exitCode();
    }
}
