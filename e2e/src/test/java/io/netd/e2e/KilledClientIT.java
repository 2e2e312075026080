package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are killed: what they asked for is there wholly or not at all, and can be removed. */
class KilledClientIT extends NetdTestBase {
    private static final int LATEST_MILLIS = 60;
    private static final int STEP_MILLIS = 3;
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @ParameterizedTest
    @ValueSource(strings = {"run", "run --rm", "run -d -p 8080:80", "run -d --rm -p 8080:80"})
    void aRunThatIsKilledAtAnyInstantLeavesWhatCanBeRemoved(String call) throws Exception {
        for (int millis = 0; millis <= LATEST_MILLIS; millis += STEP_MILLIS) {
            Process client = client((call + " " + IMAGE + " sleep 1000").split(" "));
            // The instant of the kill is what varies; nothing is waited for.
            Thread.sleep(millis);
            client.destroyForcibly().waitFor();
            removeContainers();
        }
        removeLatecomers();
    }

    /** The daemon may still be about to start what was asked for when its client died. */
    private void removeLatecomers() {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!changes().isEmpty() && System.nanoTime() - deadline < 0) {
            removeContainers();
        }
        assertThat(changes()).isEmpty();
    }

    @Test
    void aContainerOfAKilledClientIsStillRemovedWhenItEnds() throws Exception {
        Process client = client("run", "--rm", "--name", "orphan", IMAGE, "sh", "-c", """
                echo up; until [ -e /go ]; do sleep 0.1; done""");
        BufferedReader output = client.inputReader();
        assertThat(output.readLine()).isEqualTo("up");
        client.destroyForcibly().waitFor();

        assertThat(host.netctl("ps", "-q").ok()).isNotEmpty();
        host.netctl("exec", "orphan", "touch", "/go").ok();
        // It may be gone before this comes.
        host.netctl("wait", "orphan");
        assertThat(host.netctl("ps", "-aq").ok()).isEmpty();
    }

    private Process client(String... words) {
        List<String> command =
                new ArrayList<>(List.of(Host.dist().resolve("bin/netctl").toString()));
        command.addAll(List.of(words));
        return host.start(command.toArray(String[]::new));
    }
}
