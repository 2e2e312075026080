package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bin/netd} as it is started by hand, by links and by the client that finds no daemon. */
class LauncherIT {
    private static final String CONFIG = """
            {"cniVersion":"1.0.0","name":"alone","type":"bridge","bridge":"alone0","isGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.36.0.0/24","dataDir":"/run/leases"}}""";

    private Host host;

    @BeforeEach
    void makeHost() {
        host = Host.create();
        host.run("ip", "netns", "add", "pod").ok();
    }

    @AfterEach
    void endHost() {
        host.close();
    }

    /** Each program that a call waits for is a fork and an exec more. */
    @Test
    void aCallWithoutADaemonStartsTheJvmAndNothingElse() {
        host.plugin(
                        "/usr/bin/strace",
                        CONFIG,
                        Map.of("CNI_COMMAND", "ADD"),
                        "-f",
                        "-qq",
                        "-o",
                        "/run/calls",
                        "-e",
                        "trace=execve",
                        Host.ours("bridge"))
                .ok();

        List<String> started = host.sh("grep execve /run/calls | grep -v ENOENT | sed 's/.*execve(\"//; s/\".*//'")
                .ok()
                .lines()
                .toList();
        assertThat(started).hasSize(3);
        assertThat(started.get(0)).endsWith("/cni/bridge");
        assertThat(started.get(1)).endsWith("/bin/netd");
        assertThat(started.get(2)).endsWith("/bin/java");
    }

    @Test
    void linksLeadToIt() {
        host.sh("mkdir -p /run/bin && ln -s " + Host.dist()
                        + " /run/current && ln -s /run/current/bin/netd /run/bin/netd")
                .ok();

        assertThat(host.run("/run/current/bin/netd", "--version").ok()).startsWith("netd ");
        assertThat(host.run("/run/bin/netd", "--version").ok()).startsWith("netd ");
        assertThat(host.sh("cd /run/bin && ./netd --version").ok()).startsWith("netd ");
        assertThat(host.sh("cd /run/bin && PATH=$PATH:. netd --version").ok()).startsWith("netd ");
    }

    /** The copies' times are new, and a JVM takes an archive only of the files that it was made of. */
    @Test
    void aCopyWorksToo() {
        host.sh("cp -r " + Host.dist() + " /run/copy").ok();

        Output added = host.plugin("/run/copy/cni/bridge", CONFIG, Map.of("CNI_COMMAND", "ADD"));

        assertThat(added.ok()).startsWith("{\"cniVersion\":\"1.0.0\"");
        assertThat(added.err()).isEmpty();
    }
}
