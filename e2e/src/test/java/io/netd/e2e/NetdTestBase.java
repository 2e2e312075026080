package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A throw-away host with a running netd and a busybox image. After each test the host must be as before it, and after
 * the last one, with netd uninstalled, as before netd came.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetdTestBase {
    static final String IMAGE = "busybox";
    private static final ObjectMapper JSON = new ObjectMapper();

    Host host;
    Daemon daemon;
    private Snapshot pristine;
    private Snapshot beforeTest;
    private Snapshot latest;
    private boolean isAsBefore;

    /** Options for the daemon. */
    String[] options() {
        return new String[0];
    }

    /** Makes the host what this test needs, before netd comes. */
    void furnish() {}

    @BeforeAll
    void startNetd() {
        host = Host.create();
        furnish();
        pristine = Snapshot.of(host);
        daemon = Daemon.start(host, options());
        host.netctl("import", RootFiles.TAR, IMAGE).ok();
        // The first container gives docker0 its carrier, and netd its folders.
        host.netctl("run", "--rm", IMAGE, "true").ok();
    }

    @BeforeEach
    void look() {
        // What the test before has left as it was has just been looked at.
        beforeTest = isAsBefore ? latest : Snapshot.of(host);
        isAsBefore = false;
    }

    @AfterEach
    void hostIsAsBefore() {
        removeContainers();
        assertThat(changes()).isEmpty();
        isAsBefore = true;
    }

    @AfterAll
    void uninstalledNetdLeavesNoTrace() {
        try {
            host.netctl("system", "uninstall").ok();
            daemon.awaitEnd();
            assertThat(pristine.changesTo(Snapshot.of(host))).isEmpty();
        } finally {
            if (daemon != null) {
                daemon.close();
            }
            host.close();
        }
    }

    /** What is broken meanwhile stays broken until the daemon is there again. */
    void withoutADaemon(Runnable body) {
        daemon.terminate();
        try {
            body.run();
        } finally {
            daemon = Daemon.start(host, options());
        }
    }

    /** What is different on the host since before the test. */
    List<String> changes() {
        latest = Snapshot.of(host);
        return beforeTest.changesTo(latest);
    }

    /** Whether rules see what a bridge hands from port to port, where the kernel can have it so. */
    final void bridgeNetfilter(int value) {
        host.sh("for key in /proc/sys/net/bridge/bridge-nf-call-ip*tables; do [ ! -e $key ] || echo " + value
                        + " >$key; done")
                .ok();
    }

    /** Removes every container there is, by force. */
    void removeContainers() {
        String ids = host.netctl("ps", "-aq").ok();
        for (String id : ids.split("\\s+")) {
            if (!id.isEmpty()) {
                host.netctl("rm", "-f", id).ok();
            }
        }
    }

    /** Runs a container in the background; its id. */
    String runDetached(String... words) {
        String[] command = new String[words.length + 2];
        command[0] = "run";
        command[1] = "-d";
        System.arraycopy(words, 0, command, 2, words.length);
        return host.netctl(command).ok();
    }

    /** A container's first process as the host counts. */
    int pid(String container) {
        return inspect(container).at("/State/Pid").asInt();
    }

    JsonNode inspect(String container) {
        return json(host.netctl("inspect", container).ok()).get(0);
    }

    JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** The container's IPv4 address as {@code ip} inside its namespace sees it. */
    String address(String container) {
        String line = host.sh("nsenter --target " + pid(container) + " --net ip -j -4 address show dev eth0")
                .ok();
        return json(line).at("/0/addr_info/0/local").asText();
    }
}
