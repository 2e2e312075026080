package io.netd.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.Program;
import io.netd.runtime.ContainerState;
import io.netd.runtime.ContainerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers when their daemon dies at once, without a chance to tidy up. */
class DaemonDeathKernelIT {
    private List<String> before;
    private ContainerHost host;

    @BeforeEach
    void open() throws Exception {
        before = ContainerHost.traces();
        host = new ContainerHost();
        host.containers.close();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        host.close();
        assertThat(ContainerHost.traces()).isEqualTo(before);
    }

    private ContainerView afterDeath(String when, String script) {
        int code = Program.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedDaemon.class.getName(),
                        host.settings.dataRoot().toString(),
                        host.settings.execRoot().toString(),
                        host.settings.launcher().toString(),
                        host.settings.cgroupParent(),
                        when,
                        script)
                .timeout(Duration.ofSeconds(30))
                .run()
                .exitCode();
        assertThat(code).isEqualTo(9);
        host.restart();
        assertThat(host.containers.list()).hasSize(1);
        return host.containers.list().get(0);
    }

    @Test
    void aRunningContainerGoesOnAndIsTakenOver() {
        ContainerView container = afterDeath("after", "while :; do echo tick; sleep 0.1; done");

        assertThat(container.state()).isEqualTo(ContainerState.RUNNING);
        assertThat(host.exec(container.id(), "", "echo", "still here")).isEqualTo("still here\n=0");
        assertThat(host.events.kinds()).isEmpty();
    }

    @Test
    void outputAndCodeOfOneThatEndsMeanwhileAreKept() throws Exception {
        ContainerView container = afterDeath("after", "sleep 0.2; seq 2000; exit 6");

        assertThat(host.exitCode(container.id())).isEqualTo(6);
        assertThat(host.output(container.id()).lines()).hasSize(2000).endsWith("2000");
        assertThat(host.events.kinds()).containsExactly("Died");
    }

    @Test
    void aContainerWhoseProgramDidNotRunYetIsCalledOff() throws Exception {
        ContainerView container = afterDeath("before", "touch /ran; sleep 100");

        assertThat(host.exitCode(container.id())).isEqualTo(137);
        assertThat(host.events.kinds()).containsExactly("Died");
        assertThat(Files.exists(container.directory().resolve("upper/ran"))).isFalse();
    }
}
