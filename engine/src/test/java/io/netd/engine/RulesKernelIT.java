package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.engine.event.Event;
import io.netd.engine.network.BridgeSettings;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RulesKernelIT {
    @TempDir
    private Path execRoot;

    @Test
    void theDefaultBridgesRulesComeAreRepairedAndGo() {
        String before = sh("iptables-save | grep -v '^#'");
        try (Engine engine = open()) {
            join(engine.start());
            assertThat(sh("iptables -t nat -S")).contains("-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
        }
        String rules = sh("iptables-save | grep '^-A' | sort");
        assertThat(rules).contains("docker0").contains("NETD-FORWARD");
        sh("iptables -t nat -F; iptables -F FORWARD");
        List<Event> events = new ArrayList<>();
        try (Engine engine = open()) {
            engine.subscribe(events::add);
            join(engine.start());
            assertThat(sh("iptables-save | grep '^-A' | sort")).isEqualTo(rules);
            assertThat(events).extracting(Event::address).contains("netd.drift.repaired");
            join(engine.uninstall(false));
        }
        assertThat(sh("iptables-save | grep -v '^#' | grep -v '^COMMIT' | grep '^-A'; true"))
                .isEmpty();
        assertThat(sh("ip link show docker0 2>&1; true")).contains("does not exist");
        assertThat(before).doesNotContain("docker0");
    }

    private Engine open() {
        return new EngineBuilder(
                        EngineSettings.of(execRoot, execRoot.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(),
                        HostFirewall.detect(Optional.empty())::open)
                .open();
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out().strip();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
