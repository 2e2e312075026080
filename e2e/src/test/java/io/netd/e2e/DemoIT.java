package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./demo} does what it says, says what is in its way, and puts everything back. */
class DemoIT {
    private final String demo = Shell.root().resolve("demo").toString();
    private Host host;
    private Snapshot pristine;

    @BeforeEach
    void look() {
        host = Host.create();
        pristine = Snapshot.of(host);
    }

    @AfterEach
    void close() {
        host.run(demo, "--end");
        host.close();
    }

    @Test
    void showsTheFourModesAndPutsEverythingBack() {
        String shown = host.run(demo).ok();

        assertThat(shown.split("hello from a container", -1)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(shown)
                .contains("DNAT", "dpt:8080 to:172.17.0.2:80")
                .contains("interfaces  lo \n")
                .contains("172.17.0.2/16 on eth0")
                .containsPattern("docker0\\s+8000")
                .contains("0.0.0.0:8080 ──> 80/tcp")
                .doesNotContain("\033");
        assertThat(shown.substring(shown.indexOf("netctl topology"), shown.indexOf("Putting everything back")))
                .as("the picture has all four modes")
                .contains("[web]", "[neighbour]", "[on-host]", "[alone]", "[beside-web]");
        assertThat(pristine.changesTo(Snapshot.of(host))).isEmpty();
    }

    @Test
    void aKeptDemoIsLeftAloneByAnotherOneAndEnds() {
        host.sh("timeout 30 " + demo + " --keep | cat").ok();
        Snapshot kept = Snapshot.of(host);

        Output second = host.run(demo, "--port", "8081", "--bridge", "other0");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("./demo --end");
        assertThat(kept.changesTo(Snapshot.of(host))).isEmpty();
        assertThat(host.sh("curl -sS http://127.0.0.1:8080/").ok()).isEqualTo("hello from a container");
        host.run(demo, "--end").ok();
        assertThat(pristine.changesTo(Snapshot.of(host))).isEmpty();
    }

    @Test
    void whatADemoThatWasCutOffLeavesIsPutBack() {
        host.sh("timeout 30 " + demo + " --keep --bridge other0 | cat").ok();
        host.sh("kill -9 $(cat /run/netd-demo/netd.pid)").ok();

        host.run(demo, "--end").ok();

        assertThat(pristine.changesTo(Snapshot.of(host))).isEmpty();
    }

    @Test
    void aBusyPortIsNamedWithAWayOut() throws InterruptedException {
        Process other = host.start("nc", "-l", "-n", "0.0.0.0", "8080");
        try {
            host.sh("until ss -ltn | grep -q :8080; do :; done").ok();

            Output output = host.run(demo);

            assertThat(output.exitCode()).isEqualTo(1);
            assertThat(output.err()).contains("port 8080 is in use by", "nc", "./demo --port 8081");
        } finally {
            other.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
        assertThat(pristine.changesTo(Snapshot.of(host))).isEmpty();
    }

    @Test
    void aBridgeOfSomebodyElseIsLeftAloneWithAWayOut() {
        host.run("ip", "link", "add", "docker0", "type", "bridge").ok();
        Snapshot before = Snapshot.of(host);

        Output output = host.run(demo);

        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("there is a docker0 already", "./demo --bridge");
        assertThat(before.changesTo(Snapshot.of(host))).isEmpty();
    }
}
