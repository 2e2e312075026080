package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever publishes a port hears of a chain that keeps others from it, which nothing of netd's can overrule. */
class ForeignDropIT extends NetdTestBase {
    private static final String DROP =
            "nft add table ip mine; nft add chain ip mine forward '{ type filter hook forward priority 5; policy drop; }'";
    private static final String CHAIN = "ip mine forward (policy drop)";

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.sh("nft delete table ip mine");
        super.hostIsAsBefore();
    }

    @Test
    void theChainThatDropsIsNamed() {
        host.sh(DROP).ok();

        Output run = host.netctl("run", "-d", "--name", "web", "-p", "8140:80", IMAGE, "httpd", "-f", "-h", "/www");
        run.ok();
        awaitServer();

        assertThat(run.err()).isEqualTo(warning("web"));
        assertThat(reach("8140")).isFalse();
        Output added = host.netctl("port", "add", "web", "-p", "8141:80");
        assertThat(added.err()).isEqualTo(warning("web"));
        assertThat(host.netctl("run", "--rm", "--name", "job", "-p", "8142:80", IMAGE, "true")
                        .err())
                .isEqualTo(warning("job"));
        assertThat(host.netctl("doctor").out()).contains("of what netd accepts drops " + CHAIN);
        host.sh(
                        "nft add rule ip mine forward oifname docker0 accept; nft add rule ip mine forward iifname docker0 accept")
                .ok();
        assertThat(reach("8140")).isTrue();
        assertThat(host.netctl("port", "add", "web", "-p", "8143:80").err()).isEmpty();
        assertThat(host.netctl("doctor").out()).doesNotContain("of what netd accepts");
    }

    @Test
    void whereItDropsNothingNobodyIsWarned() {
        assertThat(runs("-p", "8140:80")).isEmpty();
        host.sh(DROP).ok();
        assertThat(runs("-p", "127.0.0.1:8140:80")).isEmpty();
        assertThat(runs()).isEmpty();
        assertThat(runs("--net", "host")).isEmpty();
        host.sh("nft add rule ip mine forward ct status dnat accept").ok();
        assertThat(runs("-p", "8140:80")).isEmpty();
    }

    /** What a container that runs and ends says. */
    private String runs(String... flags) {
        String line = String.join(" ", flags);
        Output output = host.sh(Host.dist() + "/bin/netctl run --rm " + line + " " + IMAGE + " true");
        output.ok();
        return output.err();
    }

    private static String warning(String container) {
        return "WARNING: published ports of " + container
                + " do not answer to other hosts: what is forwarded to docker0 is dropped by " + CHAIN + "\n";
    }

    private void awaitServer() {
        host.netctl("exec", "web", "sh", "-c", "until netstat -ltn | grep -q :80; do :; done")
                .ok();
    }

    private boolean reach(String port) {
        return host.sh("ip netns exec wire curl -sS --max-time 1 http://" + Host.ADDRESS + ":" + port + "/")
                        .exitCode()
                == 0;
    }
}
