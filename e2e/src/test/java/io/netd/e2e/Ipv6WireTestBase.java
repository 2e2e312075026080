package io.netd.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A host that has IPv6 to its neighbour on the wire, with a daemon that tests start again with other options. */
abstract class Ipv6WireTestBase extends NetdTestBase {
    static final String HOST6 = "2001:db8::2";
    static final String WIRE6 = "2001:db8::1";
    private List<String> startedWith = List.of(options());

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
        if (!startedWith.equals(List.of(options()))) {
            restartWith(options());
        }
        super.hostIsAsBefore();
    }

    /** A new docker0 gets its carrier with its first container. */
    final void restartWith(String... options) {
        daemon.terminate();
        daemon = Daemon.start(host, options);
        startedWith = List.of(options);
        host.netctl("run", "--rm", IMAGE, "true").ok();
    }

    /** With what it has always, and more. */
    final void restartAlsoWith(String... more) {
        restartWith(Stream.of(options(), more).flatMap(Stream::of).toArray(String[]::new));
    }

    /** The exit code. */
    final int ping(String container, String address) {
        return host.netctl("exec", container, "ping", "-c", "1", "-W", "3", address)
                .exitCode();
    }

    /** Whoever is on the wire knows the way to the containers' own addresses. */
    final void routesToContainers() {
        host.sh("ip -n wire route add 172.17.0.0/16 via " + Host.ADDRESS + "; ip -n wire route add 10.72.0.0/24 via "
                        + Host.ADDRESS + "; ip -n wire route add fd17::/64 via " + HOST6
                        + "; ip -n wire route add fd72::/64 via " + HOST6)
                .ok();
    }

    /** A container that serves a page at port 80, and at 8133, which nobody publishes. */
    final void run(String name, String... flags) {
        List<String> words = new ArrayList<>(List.of("--name", name));
        words.addAll(List.of(flags));
        words.addAll(List.of(IMAGE, "sh", "-c", "httpd -p 8133 -h /www; httpd -f -p 80 -h /www"));
        runDetached(words.toArray(String[]::new));
        host.netctl("exec", name, "sh", "-c", "until netstat -ltn | grep -q ':80 '; do :; done")
                .ok();
    }

    final String fetch(String from, String url) {
        return host.sh(from + " curl -sS -g --max-time 5 " + url).ok();
    }

    /** Whether whoever is on the wire gets it; several at a time where much is dropped, for that takes a second. */
    final boolean reach(String url) {
        return reach("ip netns exec wire", url);
    }

    final boolean reach(String from, String url) {
        return host.sh(from + " curl -sS -g --max-time 1 " + url).exitCode() == 0;
    }
}
