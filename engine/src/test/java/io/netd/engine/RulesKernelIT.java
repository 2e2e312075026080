package io.netd.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.engine.event.Event;
import io.netd.engine.host.Backends;
import io.netd.engine.network.BridgeSettings;
import io.netd.firewall.Backend;
import io.netd.firewall.Framework;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
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

    @Test
    void whatTheUserDropsIsSeenUntilItIsGone() {
        start(Framework.IPTABLES).close();
        sh("iptables -A NETD-USER -s 192.0.2.1 -j DROP");
        start(Framework.NFTABLES).close();
        assertThat(sh("iptables -S FORWARD")).isEqualTo("-P FORWARD ACCEPT\n-A FORWARD -j NETD-USER");
        try (Engine engine = start(Framework.NFTABLES)) {
            join(engine.uninstall(false));
        }
        assertThat(rules()).isEqualTo("-A FORWARD -j NETD-USER\n-A NETD-USER -s 192.0.2.1/32 -j DROP");
        sh("iptables -F NETD-USER");
        try (Engine engine = start(Framework.NFTABLES)) {
            assertThat(rules()).isEmpty();
            join(engine.uninstall(false));
        }
        assertThat(sh("nft list tables")).isEmpty();
    }

    @Test
    void anUninstallTakesWhatLeadsToNoneOfTheUsersRulesAnyMore() {
        start(Framework.NFTABLES).close();
        sh("nft add rule ip netd filter-NETD-USER ip saddr 192.0.2.1 drop");
        try (Engine engine = start(Framework.IPTABLES)) {
            assertThat(sh("nft list chain ip netd filter-FORWARD")).contains("jump filter-NETD-USER");
            sh("nft flush chain ip netd filter-NETD-USER");
            join(engine.uninstall(false));
        }
        assertThat(sh("nft list tables")).isEmpty();
    }

    private Engine open() {
        return open(Framework.IPTABLES);
    }

    private Engine start(Framework usual) {
        Engine engine = open(usual);
        join(engine.start());
        return engine;
    }

    private Engine open(Framework usual) {
        HostFirewall firewall = HostFirewall.detect(Optional.of(usual));
        return new EngineBuilder(
                        EngineSettings.of(execRoot, execRoot.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(),
                        new Backends() {
                            @Override
                            public Backend open(Framework framework, NetworkNamespace namespace) {
                                return firewall.open(framework, namespace);
                            }

                            @Override
                            public Framework usual() {
                                return usual;
                            }
                        })
                .open();
    }

    private static String rules() {
        return sh("iptables-save | grep '^-A'");
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out().strip();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
