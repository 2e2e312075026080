package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A daemon that is killed at any instant while ports of a running container come and go: the next one has all that was
 * answered, and of what was not yet, all or nothing.
 */
class KilledDaemonIT extends NetdTestBase {
    private static final int KILLS = 8;
    private static final int LATEST_MILLIS = 150;
    private static final long SEED = Long.getLong("netd.kill.seed", 1);

    /** Changes that end where they began, each of more than one port. */
    private static final List<String> CHANGES = List.of(
            "add web -p 8471:80 -p 8473:53/udp",
            "add web -p 8475-8479:75-79 -p 127.0.0.1:8481:80",
            "rm web -p 8471:80 -p 8481:80",
            "rm web -p 8475-8479:75-79 -p 8473:53/udp");

    /** Does them from the one with that number on, over and over, and says of each when it was answered. */
    private static final String SERIES = """
            netctl=$1 skip=$2; shift 2
            while :; do
                for change; do
                    if [ $skip != 0 ]; then skip=$((skip - 1)); continue; fi
                    $netctl port $change >/dev/null 2>&1 || exit 0
                    echo "$change"
                done
            done
            """;

    /** Elements of a set come in any order. */
    private static final String RULES_AND_SOCKETS = """
            { iptables-save; iptables-legacy-save; ip6tables-save; } 2>/dev/null | grep ^-A | sort
            ss -Hltun | sort
            nft -s list ruleset | tr ',{}' '\\n\\n\\n' | sed 's/^[ \\t]*//' | sort""";

    /** What netd says, and what other programs see. */
    private record Look(String ports, String rulesAndSockets) {}

    @Test
    void whatWasAnsweredStandsAndTheRestIsWhole() throws Exception {
        runDetached("--name", "web", IMAGE, "httpd", "-f", "-p", "80", "-h", "/www");
        List<Look> looks = looks();
        Random random = new Random(SEED);
        int state = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int millis = random.nextInt(LATEST_MILLIS);
            String where = "seed " + SEED + ", kill " + kill + " after " + millis + " ms in state " + state;
            state = (state + answeredUntilKilled(state, millis)) % CHANGES.size();
            daemon = Daemon.start(host, options());
            Look found = seen();
            int next = (state + 1) % CHANGES.size();
            if (found.ports().equals(looks.get(next).ports())) {
                state = next;
            }
            assertThat(found).as(where).isEqualTo(looks.get(state));
        }
    }

    /** What is there in each state. */
    private List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        for (String change : CHANGES) {
            looks.add(seen());
            host.sh(Host.dist().resolve("bin/netctl") + " port " + change).ok();
        }
        assertThat(seen()).isEqualTo(looks.get(0));
        assertThat(looks).doesNotHaveDuplicates();
        return looks;
    }

    private Look seen() {
        return new Look(
                host.netctl("port", "web").ok(), host.sh(RULES_AND_SOCKETS).ok());
    }

    /** How many changes were answered. */
    private int answeredUntilKilled(int state, int millis) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", SERIES, "sh"));
        words.addAll(List.of(Host.dist().resolve("bin/netctl").toString(), Integer.toString(state)));
        words.addAll(CHANGES);
        Process series = host.start(words.toArray(String[]::new));
        // The instant of the kill is what varies; nothing is waited for.
        Thread.sleep(millis);
        daemon.kill();
        return (int) series.inputReader().lines().count();
    }
}
