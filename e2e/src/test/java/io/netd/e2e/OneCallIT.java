package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugins while no daemon runs, one starts, or one hangs. */
class OneCallIT extends NetdTestBase {
    private static final String BRIDGE = """
            {"cniVersion":"1.1.0","name":"one","type":"bridge","bridge":"cni-one0","isDefaultGateway":true,"ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.32.0.0/24","dataDir":"/run/leases"}%s}
            """;
    private static final String PORTMAP = """
            {"cniVersion":"1.1.0","name":"one","type":"portmap","prevResult":%s,
             "runtimeConfig":{"portMappings":[{"hostPort":8074,"containerPort":80,"protocol":"tcp"}]}}
            """;

    @BeforeEach
    void makeNamespaces() {
        host.run("ip", "netns", "add", "one1").ok();
        host.run("ip", "netns", "add", "one2").ok();
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        host.run("ip", "netns", "del", "one1");
        host.run("ip", "netns", "del", "one2");
        host.run("ip", "link", "del", "cni-one0");
        host.run("rm", "-rf", "/run/leases");
        super.hostIsAsBefore();
    }

    @Test
    void aDaemonAdoptsWhatOneCallsMade() {
        daemon.terminate();
        String result = call("bridge", "ADD", BRIDGE.formatted(""), "one1").ok();
        call("bridge", "CHECK", BRIDGE.formatted(",\"prevResult\":" + result), "one1")
                .ok();
        call("portmap", "ADD", PORTMAP.formatted(result), "one1").ok();
        assertThat(host.sh("iptables -t nat -S").ok()).contains("8074");

        daemon = Daemon.start(host, options());

        call("bridge", "CHECK", BRIDGE.formatted(",\"prevResult\":" + result), "one1")
                .ok();
        assertThat(host.netctl("run", "-d", "-p", "8074:80", IMAGE, "true").err())
                .contains("8074");
        call("portmap", "DEL", PORTMAP.formatted(result), "one1").ok();
        call("bridge", "DEL", BRIDGE.formatted(""), "one1").ok();
        nothingIsLeft();
    }

    @Test
    void twoCallsAtATimeBothSucceed() {
        daemon.terminate();
        CompletableFuture<Output> first =
                CompletableFuture.supplyAsync(() -> call("bridge", "ADD", BRIDGE.formatted(""), "one1"));
        Output second = call("bridge", "ADD", BRIDGE.formatted(""), "one2");

        assertThat(address(first.join())).isNotEqualTo(address(second));
        call("bridge", "DEL", BRIDGE.formatted(""), "one1").ok();
        call("bridge", "DEL", BRIDGE.formatted(""), "one2").ok();
        nothingIsLeft();
        daemon = Daemon.start(host, options());
    }

    @Test
    void callsWhileADaemonStartsGoToIt() {
        call("bridge", "ADD", BRIDGE.formatted(""), "one1").ok();
        daemon.kill();
        CompletableFuture<Daemon> starting = CompletableFuture.supplyAsync(() -> Daemon.start(host, options()));
        CompletableFuture<Output> add =
                CompletableFuture.supplyAsync(() -> call("bridge", "ADD", BRIDGE.formatted(""), "one2"));
        for (int i = 0; i < 5; i++) {
            call("bridge", "DEL", BRIDGE.formatted(""), "one1").ok();
        }
        add.join().ok();
        daemon = starting.join();

        call("bridge", "DEL", BRIDGE.formatted(""), "one2").ok();
        nothingIsLeft();
    }

    @Test
    void aJournalThatStaysLockedIsToldByItsHolder() {
        daemon.terminate();
        Process holder = host.start("flock", "--no-fork", "/run/netd/journal.lock", "cat");
        host.sh("while flock -n /run/netd/journal.lock true; do :; done").ok();

        Output add = call("bridge", "ADD", BRIDGE.formatted(""), "one1");

        holder.destroy();
        assertThat(json(add.out()).at("/code").asInt()).isEqualTo(11);
        assertThat(json(add.out()).at("/msg").asText()).contains("journal.lock");
        daemon = Daemon.start(host, options());
    }

    @Test
    void whereNothingCanBeWrittenBelowRunACallSaysSoAndDoesNothing() {
        withoutADaemon(() -> {
            host.sh("mv /run/netd /run/away").ok();
            try {
                isRefused(callOnReadOnlyRun("ADD"), 5);
                isRefused(callOnReadOnlyRun("DEL"), 5);
                isRefused(callOnReadOnlyRun("STATUS"), 50);
                assertThat(host.run("ls", "/run/netd").exitCode()).isNotZero();
            } finally {
                host.sh("mv /run/away /run/netd").ok();
            }
        });
        nothingIsLeft();
        assertThat(host.run("ip", "link", "show", "cni-one0").exitCode()).isNotZero();
    }

    private void isRefused(Output call, int code) {
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(json(call.out()).at("/code").asInt()).isEqualTo(code);
        assertThat(json(call.out()).at("/msg").asText()).contains("/run/netd", "Read-only file system");
    }

    private Output callOnReadOnlyRun(String command) {
        return host.plugin(
                "unshare",
                BRIDGE.formatted(""),
                Map.of("CNI_COMMAND", command, "CNI_NETNS", "/run/netns/one1"),
                "--mount",
                "sh",
                "-c",
                "mount -o remount,bind,ro /run && exec " + Host.ours("bridge"));
    }

    @Test
    void aHungDaemonIsTold() {
        call("bridge", "ADD", BRIDGE.formatted(""), "one1").ok();
        signal("STOP");
        // Each thread stops when it hears of it.
        host.sh("while grep -q '^State:\\s[^T]' /proc/" + daemon.pid() + "/task/*/status; do :; done")
                .ok();
        try {
            long start = System.nanoTime();
            Output status = call("bridge", "STATUS", BRIDGE.formatted(""), "one1");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1500);
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(json(status.out()).at("/code").asInt()).isEqualTo(50);

            call("bridge", "DEL", BRIDGE.formatted(""), "one1").ok();
            assertThat(host.sh("ls /run/netd/queue").ok()).endsWith(".del");
        } finally {
            signal("CONT");
        }
        daemon.terminate();
        daemon = Daemon.start(host, options());

        assertThat(host.sh("ls /run/netd/queue").ok()).isEmpty();
        nothingIsLeft();
    }

    private void signal(String name) {
        host.run("kill", "-" + name, Long.toString(daemon.pid())).ok();
    }

    private void nothingIsLeft() {
        assertThat(host.sh("ip -o link | grep -c veth").out().strip()).isEqualTo("0");
        assertThat(host.sh("find /run/leases -name '10.*'").out()).isEmpty();
        assertThat(host.sh("nft list ruleset | grep -c -e 10.32. -e 8074").out().strip())
                .isEqualTo("0");
    }

    private String address(Output result) {
        JsonNode json = json(result.ok());
        return json.at("/ips/0/address").asText();
    }

    private Output call(String plugin, String command, String config, String container) {
        return host.plugin(
                Host.ours(plugin),
                config,
                Map.of(
                        "CNI_COMMAND", command,
                        "CNI_CONTAINERID", container,
                        "CNI_NETNS", "/run/netns/" + container));
    }
}
