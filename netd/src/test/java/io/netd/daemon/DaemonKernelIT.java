package io.netd.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.Option;
import io.netd.daemon.door.ClientProcess;
import io.netd.daemon.door.DoorUnderTest;
import io.netd.daemon.door.Eventually;
import io.netd.linux.proc.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonKernelIT {
    private static final String CONFIG = """
            {"cniVersion": "1.0.0", "name": "far", "type": "bridge", "bridge": "br0", "isGateway": true,
             "ipam": {"type": "host-local", "subnet": "10.33.0.0/24", "dataDir": "%s"}}
            """;

    @TempDir
    private Path directory;

    private Path socket;
    private ClientProcess client;

    @BeforeEach
    void prepare() {
        System.setProperty(
                "netd.launcher",
                Path.of("../runtime-min/target/netd-launch").toAbsolutePath().toString());
        socket = directory.resolve("netd.sock");
        client = new ClientProcess(directory, socket);
        ip("netns", "add", "box");
    }

    @AfterEach
    void tidy() {
        ip("netns", "del", "box");
        ip("link", "del", "docker0");
        ip("link", "del", "br0");
    }

    private Daemon start() {
        return Daemon.start(
                ConfigSources.read(
                        Map.of(
                                Option.HOSTS, List.of("unix://" + socket),
                                Option.EXEC_ROOT, List.of(directory.toString()),
                                Option.DATA_ROOT,
                                        List.of(directory.resolve("data").toString())),
                        Optional.empty()),
                new Stop());
    }

    private static Program.Output ip(String... words) {
        return program("ip", words);
    }

    private static Program.Output program(String name, String... words) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(Arrays.asList(words));
        return Program.of(command.toArray(String[]::new)).run();
    }

    private Map<String, String> call(String command) {
        return Map.of(
                "CNI_COMMAND", command,
                "CNI_CONTAINERID", "c1",
                "CNI_NETNS", "/run/netns/box",
                "CNI_IFNAME", "eth0",
                "CNI_PATH", "/none");
    }

    private byte[] config() {
        return CONFIG.formatted(directory.resolve("leases")).getBytes(UTF_8);
    }

    @Test
    void aPluginCallGoesThroughClientDoorAndEngine() throws Exception {
        try (Daemon daemon = start()) {
            assertThat(daemon).isNotNull();
            ClientProcess.Outcome added = client.run("bridge", call("ADD"), config());
            assertThat(added.out()).contains("\"10.33.0.2/24\"");
            assertThat(added.exitCode()).isZero();
            assertThat(ip("-n", "box", "addr", "show", "eth0").out()).contains("inet 10.33.0.2/24");
            assertThat(client.run("bridge", call("ADD"), config()).out()).contains("\"code\":");
            assertThat(client.run("bridge", call("DEL"), config())).isEqualTo(new ClientProcess.Outcome(0, "", ""));
            assertThat(ip("-n", "box", "link", "show", "eth0").exitCode()).isNotZero();
        }
    }

    @Test
    void aCallersHostIsWhereItRunsAndNothingHoldsItAfterwards() throws Exception {
        ip("netns", "add", "far");
        ip("link", "add", "witness", "type", "veth", "peer", "name", "inside", "netns", "far");
        try (Daemon daemon = start()) {
            assertThat(daemon).isNotNull();
            for (String command : List.of("ADD", "DEL", "ADD", "DEL")) {
                Program.Output outcome = callFrom("far", command);
                assertThat(outcome.exitCode()).as(outcome.out()).isZero();
                int bridge = ip("-n", "far", "link", "show", "br0").exitCode();
                assertThat(bridge).isZero();
                assertThat(ip("link", "show", "br0").exitCode()).isNotZero();
            }
            ip("netns", "del", "far");
            Eventually.isTrue(() -> ip("link", "show", "witness").exitCode() != 0);
        }
    }

    private Program.Output callFrom(String namespace, String command) throws Exception {
        client.run("bridge", Map.of(), new byte[0]);
        List<String> words = new ArrayList<>(List.of("netns", "exec", namespace, "env", "NETD_HOST=unix://" + socket));
        call(command).forEach((key, value) -> words.add(key + "=" + value));
        Path input = Files.write(directory.resolve("config.json"), config());
        words.addAll(List.of("sh", "-c", directory.resolve("bridge") + " < " + input));
        return ip(words.toArray(String[]::new));
    }

    @Test
    void aDelThatNobodyAnsweredIsCarriedOutAtTheNextStart() throws Exception {
        try (Daemon daemon = start()) {
            assertThat(daemon).isNotNull();
            assertThat(client.run("bridge", call("ADD"), config()).exitCode()).isZero();
        }
        try (DoorUnderTest broken = new DoorUnderTest(directory)) {
            broken.plugins = call -> CompletableFuture.failedFuture(new IllegalStateException("broken"));
            broken.open();
            assertThat(client.run("bridge", call("DEL"), config()).exitCode()).isZero();
        }
        assertThat(ip("-n", "box", "link", "show", "eth0").exitCode()).isZero();
        try (Daemon daemon = start()) {
            assertThat(daemon).isNotNull();
            assertThat(ip("-n", "box", "link", "show", "eth0").exitCode()).isNotZero();
            assertThat(directory.resolve("queue")).isEmptyDirectory();
        }
    }

    @Test
    void netctlSeesTheDefaultNetwork() throws Exception {
        try (Daemon daemon = start()) {
            assertThat(daemon).isNotNull();
            assertThat(client.run("netctl", Map.of(), new byte[0], "network", "ls")
                            .out())
                    .contains("bridge")
                    .contains("host")
                    .contains("none");
            assertThat(ip("addr", "show", "docker0").out()).contains("inet 172.17.0.1/16");
        }
    }
}
