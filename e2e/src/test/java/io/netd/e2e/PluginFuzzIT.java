package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.fuzz.AnswerRule;
import io.netd.daemon.fuzz.PluginInput;
import io.netd.daemon.fuzz.PluginInputs;
import io.netd.daemon.fuzz.Scene;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Generated calls of every plugin there is, by the binaries as a runtime starts them. {@code PluginDoorFuzzKernelIT} tries
 * many more; its options {@code netd.fuzz.seed} and {@code netd.fuzz.first} count here, too.
 */
class PluginFuzzIT extends NetdTestBase {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("netd.fuzz.first", 0);
    private static final int COUNT = Integer.getInteger("netd.fuzz.calls", 400);
    private static final int BATCH = 50;

    /** Each of them starts a JVM. */
    private static final int COUNT_OF_ONE_CALLS = Integer.getInteger("netd.fuzz.one-calls", 60);

    /** What a process can be given: no zero byte ends up in its environment, and not half a megabyte. */
    private static final int LONGEST = 100_000;

    private static final HexFormat ESCAPED = HexFormat.of().withPrefix("\\x");

    /** A path that an input happens to name is not to be written to on the machine. */
    @Override
    void furnish() {
        host.sh("mount -o remount,bind,ro /").ok();
        host.sh(Scene.SET);
    }

    @Test
    void everyAnswerMakesSenseAndNothingStays() throws Exception {
        tryOut(COUNT);
        System.out.println(COUNT + " inputs of seed " + SEED + " from " + FIRST + " on, by the binaries");
    }

    @Test
    void withoutADaemonToo() throws Exception {
        List<String> before = changes();
        daemon.terminate();
        try {
            tryOut(COUNT_OF_ONE_CALLS);
        } finally {
            daemon = Daemon.start(host, options());
        }
        assertThat(changes()).isEqualTo(before);
    }

    private void tryOut(int count) throws Exception {
        PluginInputs inputs = new PluginInputs(plugins(), SEED);
        List<String> before = changes();
        for (int i = FIRST; i < FIRST + count; i++) {
            PluginInput input = inputs.get(i);
            try {
                carryOut(input);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Dnetd.fuzz.seed=" + SEED + " -Dnetd.fuzz.first=" + i + ": " + input, e);
            }
            if (i % BATCH == BATCH - 1) {
                assertThat(changes())
                        .as("after " + BATCH + " inputs up to " + i)
                        .isEqualTo(before);
            }
        }
    }

    private List<String> plugins() {
        return host.run("ls", dist("cni")).ok().lines().toList();
    }

    private void carryOut(PluginInput input) throws Exception {
        boolean fits = input.environment().values().stream().allMatch(PluginFuzzIT::fits);
        if (!fits) {
            return;
        }
        Output output = call(input);
        if (input.command().equals("VERSION")) {
            assertThat(json(output.out()).at("/supportedVersions")).isNotEmpty();
            return;
        }
        boolean isAbout = input.command().isEmpty();
        assertThat(output.err()).matches(err -> isAbout ? err.startsWith("CNI ") : err.isEmpty());
        require(input.command(), output);
        if (input.command().equals("ADD") && output.exitCode() == 0) {
            Output deleted = call(input.with("DEL", input.stdin()));
            require("DEL", deleted);
            assertThat(deleted.exitCode()).as(deleted.out()).isZero();
        }
        if (!isAbout) {
            tidy();
        }
    }

    private static boolean fits(byte[] value) {
        return value.length < LONGEST && new String(value, StandardCharsets.ISO_8859_1).indexOf(0) < 0;
    }

    private static void require(String command, Output output) throws Exception {
        AnswerRule.require(command, output.exitCode(), output.out().getBytes(StandardCharsets.UTF_8));
    }

    private Output call(PluginInput input) {
        StringBuilder script = new StringBuilder();
        for (Map.Entry<String, byte[]> variable : input.environment().entrySet()) {
            script.append("export ")
                    .append(variable.getKey())
                    .append("=$'")
                    .append(ESCAPED.formatHex(variable.getValue()));
            script.append("'\n");
        }
        script.append("exec ").append(dist("cni/" + input.plugin()));
        return host.run(Map.of(), input.stdin(), "bash", "-c", script.toString());
    }

    /** Bridges and folders of leases stay with their networks; a DEL takes the interface that it names, whosever it is. */
    private void tidy() {
        host.sh("for bridge in $(ip -o link show type bridge | cut -d' ' -f2 | tr -d :); do"
                + " case $bridge in docker0|pods0) ;; *) ip link del dev \"$bridge\" ;; esac; done; rm -rf /run/calls");
        if (!host.sh("ip link show dev wire").out().contains("wire")) {
            host.sh(Scene.WIRE);
        }
    }

    private static String dist(String path) {
        return Host.dist().resolve(path).toString();
    }
}
