package io.netd.daemon.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.Command;
import io.netd.engine.host.Asker;
import io.netd.engine.journal.CallingRuntime;
import io.netd.plugins.spi.CallingProgram;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "/usr/bin/containerd | 0::/system.slice/containerd.service            | containerd       | containerd.service",
                "/var/lib/k3s/data/123/bin/containerd | 0::/system.slice/k3s.service  | containerd       | k3s.service",
                "/usr/bin/podman     | 0::/user.slice/user-0.slice/session-3.scope    | /usr/bin/podman  | none",
                "/usr/bin/podman     | 0::/user.slice/user@0.service/app.slice/x.scope | /usr/bin/podman | none",
                "/usr/bin/cnitool    | 0::/                                           | /usr/bin/cnitool | none",
                "/usr/bin/crio       | 1:name=systemd:/system.slice/crio.service      | crio             | crio.service",
                "/usr/bin/crio       | 4:memory:/system.slice/other.service           | /usr/bin/crio    | none",
            })
    void aRuntimeIsItsServiceOrElseItsProgram(String program, String cgroup, String name, String service) {
        assertThat(Askers.runtime(program, cgroup + "\n"))
                .isEqualTo(new CallingRuntime(name, Optional.ofNullable(service)));
    }

    @Test
    void aCommandMayLookLikeTheRestOfTheLine() {
        assertThat(Askers.parentOf("12 (a) S 7 b) R 42 12 12 0")).isEqualTo("42");
    }

    @Test
    void theProgramThatStartedAProcessIsFound() throws Exception {
        Process child = new ProcessBuilder("cat").start();
        Asker asker = Askers.of(child.pid(), Command.ADD, CallingProgram.NOBODY);
        Optional<CallingRuntime> runtime = asker.runtime();
        child.destroy();
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(runtime.orElseThrow().program()).isIn(java, java.substring(java.lastIndexOf('/') + 1));
        assertThat(Askers.of(Integer.MAX_VALUE, Command.GC, CallingProgram.NOBODY)
                        .runtime())
                .isEmpty();
    }
}
