package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GC as runtimes call it: this process is one of them, and a shell that starts plugins is another. */
class GarbageIT extends NetdTestBase {
    private static final String BRIDGE = """
            {"cniVersion":"1.1.0","name":"shared","type":"bridge","bridge":"cni-gc0","ipMasq":true,
             "ipam":{"type":"host-local","subnet":"10.35.0.0/24","dataDir":"%s"}%s}
            """;
    private static final String PORTMAP = """
            {"cniVersion":"1.1.0","name":"shared","type":"portmap",
             "runtimeConfig":{"portMappings":[{"hostPort":8072,"containerPort":80,"protocol":"tcp"}]}%s}
            """;
    private static final String TUNING = """
            {"cniVersion":"1.1.0","name":"shared","type":"tuning","dataDir":"/run/tuning","mtu":1400%s}
            """;

    @BeforeEach
    void makeNamespaces() {
        for (String name : new String[] {"gc1", "gc2", "gc3"}) {
            host.run("ip", "netns", "add", name).ok();
        }
    }

    @AfterEach
    @Override
    void hostIsAsBefore() {
        for (String name : new String[] {"gc1", "gc2", "gc3"}) {
            host.run("ip", "netns", "del", name);
        }
        host.run("ip", "link", "del", "cni-gc0");
        host.run("rm", "-rf", "/run/leases", "/run/leases2", "/run/tuning");
        super.hostIsAsBefore();
    }

    @Test
    void anEmptyListClearsAllThatTheRuntimeMadeEvenWithDeadNamespaces() {
        String result = call("bridge", "ADD", bridge(""), "gc1").ok();
        String previous = ",\"prevResult\":" + result;
        call("portmap", "ADD", PORTMAP.formatted(previous), "gc1").ok();
        call("tuning", "ADD", TUNING.formatted(previous), "gc1").ok();
        call("bridge", "ADD", bridge(""), "gc2").ok();
        host.run("ip", "netns", "del", "gc1").ok();
        collectAll("");
        nothingIsLeft();
        collectAll("");
    }

    @Test
    void withoutADaemonToo() {
        call("bridge", "ADD", bridge(""), "gc1").ok();
        daemon.terminate();
        call("bridge", "ADD", bridge(""), "gc2").ok();
        call("bridge", "GC", bridge(valid("cni.dev/valid-attachments", "gc2")), "")
                .ok();
        assertThat(leases("/run/leases")).isEqualTo("gc2");
        call("bridge", "GC", bridge(""), "").ok();
        daemon = Daemon.start(host, options());
        nothingIsLeft();
    }

    @Test
    void whoIsInEitherListStays() {
        for (String key : new String[] {"cni.dev/valid-attachments", "cni.dev/attachments"}) {
            call("bridge", "ADD", bridge(""), "gc1").ok();
            call("bridge", "ADD", bridge(""), "gc2").ok();
            call("bridge", "GC", bridge(valid(key, "gc2")), "").ok();
            assertThat(leases("/run/leases")).as(key).isEqualTo("gc2");
            assertThat(host.sh("ip -n gc2 -o link").ok().lines()).hasSize(2);
            assertThat(host.sh("ip -n gc1 -o link").ok().lines()).hasSize(1);
            call("bridge", "DEL", bridge(""), "gc2").ok();
        }
    }

    @Test
    void anotherRuntimesAttachmentsOfTheSameNetworkStay() {
        String others = BRIDGE.formatted("/run/leases2", "").replace("10.35.0", "10.36.0");
        call("bridge", "ADD", bridge(""), "gc1").ok();
        other("bridge", "ADD", bridge(""), "gc2").ok();
        other("bridge", "ADD", others, "gc3").ok();
        call("bridge", "GC", bridge(""), "").ok();
        assertThat(leases("/run/leases")).isEqualTo("gc2");
        assertThat(leases("/run/leases2")).isEqualTo("gc3");
        assertThat(host.sh("ip -n gc2 -o link").ok().lines()).hasSize(2);
        assertThat(host.sh("ip -n gc1 -o link").ok().lines()).hasSize(1);
        assertThat(host.sh("iptables -t nat -S").ok()).contains("10.35.0.", "10.36.0.");
        other("bridge", "GC", bridge(""), "").ok();
        nothingIsLeft();
    }

    @Test
    void aLeaseThatNobodyKnowsGoesOnlyWhereNobodyElseMayHaveIt() {
        host.sh("mkdir -p /run/leases/shared; printf 'old\\r\\neth0' >/run/leases/shared/10.35.0.77")
                .ok();
        other("bridge", "ADD", bridge(""), "gc2").ok();
        call("bridge", "GC", bridge(""), "").ok();
        assertThat(leases("/run/leases")).isEqualTo("gc2 old");
        call("bridge", "DEL", bridge(""), "gc2").ok();
        call("bridge", "GC", bridge(""), "").ok();
        assertThat(leases("/run/leases")).isEmpty();
    }

    private void collectAll(String list) {
        call("tuning", "GC", TUNING.formatted(list), "").ok();
        call("portmap", "GC", PORTMAP.formatted(list), "").ok();
        call("bridge", "GC", bridge(list), "").ok();
    }

    private void nothingIsLeft() {
        assertThat(host.sh("ip -o link | grep -c veth").out().strip()).isEqualTo("0");
        assertThat(leases("/run/leases")).isEmpty();
        assertThat(leases("/run/leases2")).isEmpty();
        assertThat(host.sh("find /run/tuning -type f").out()).isEmpty();
        assertThat(host.sh("nft list ruleset | grep -c -e 10.35. -e 10.36. -e 8072")
                        .out()
                        .strip())
                .isEqualTo("0");
    }

    /** The containers that hold an address there. */
    private String leases(String folder) {
        return host.sh("for f in $(find " + folder
                        + " -name '10.*'); do head -n 1 $f; done | tr -d '\\r' | sort | xargs")
                .out()
                .strip();
    }

    private static String valid(String key, String container) {
        return ",\"" + key + "\":[{\"containerID\":\"" + container + "\",\"ifname\":\"eth0\"}]";
    }

    private static String bridge(String more) {
        return BRIDGE.formatted("/run/leases", more);
    }

    private Output call(String plugin, String command, String config, String container) {
        return host.plugin(Host.ours(plugin), config, environment(command, container));
    }

    /** The same by another runtime: a shell that waits for the plugin. */
    private Output other(String plugin, String command, String config, String container) {
        Map<String, String> environment = new HashMap<>(environment(command, container));
        environment.put("CNI_PATH", Host.dist().resolve("cni").toString());
        environment.put("CNI_IFNAME", "eth0");
        String line = Host.ours(plugin) + "; exit $?";
        return host.run(environment, config.getBytes(StandardCharsets.UTF_8), "busybox", "sh", "-c", line);
    }

    private static Map<String, String> environment(String command, String container) {
        return Map.of(
                "CNI_COMMAND", command,
                "CNI_CONTAINERID", container,
                "CNI_NETNS", container.isEmpty() ? "" : "/run/netns/" + container);
    }
}
