package io.netd.daemon.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.frame.Descriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCallTest {
    private static final Map<String, String> ADD = Map.of(
            "CNI_COMMAND", "ADD", "CNI_CONTAINERID", "c1", "CNI_IFNAME", "eth0", "CNI_NETNS", "/proc/self/ns/net");

    @TempDir
    private Path directory;

    private DoorUnderTest door;
    private ClientProcess client;

    @BeforeEach
    void open() {
        door = new DoorUnderTest(directory).open();
        client = new ClientProcess(directory, door.socket);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void inputGoesInAndTheAnswerComesOut() throws Exception {
        CompletableFuture<PluginCall> seen = new CompletableFuture<>();
        door.plugins = call -> {
            seen.complete(call);
            return CompletableFuture.completedFuture(
                    new PluginAnswer(0, "{\"ips\":[]}".getBytes(StandardCharsets.UTF_8)));
        };
        ClientProcess.Outcome outcome =
                client.run("bridge", ADD, "{\"type\":\"bridge\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome).isEqualTo(new ClientProcess.Outcome(0, "{\"ips\":[]}", ""));
        PluginCall call = seen.get();
        assertThat(call.input()).asString().isEqualTo("{\"type\":\"bridge\"}");
        assertThat(call.call().name()).isEqualTo("bridge");
        assertThat(call.call().environment()).containsAllEntriesOf(ADD).doesNotContainKey("HOME");
        assertThat(call.pid()).isPresent();
        assertThat(call.call().descriptors().values())
                .noneMatch(Descriptor::isError)
                .hasSize(3);
        assertThat(call.call().host().orElseThrow().inode())
                .isEqualTo(Files.getAttribute(Path.of("/proc/self/ns/net"), "unix:ino"));
    }

    @Test
    void aMillionBytesGoThroughAndOneMoreIsSeen() throws Exception {
        byte[] input = new byte[1 << 20];
        Arrays.fill(input, (byte) 'x');
        assertThat(client.run("bridge", ADD, input).out()).hasSize(1 << 20);
        door.plugins = call -> CompletableFuture.completedFuture(
                new PluginAnswer(1, Integer.toString(call.input().length).getBytes(StandardCharsets.UTF_8)));
        ClientProcess.Outcome outcome = client.run("bridge", ADD, new byte[3 << 20]);
        assertThat(outcome.out()).isEqualTo(Integer.toString((1 << 20) + 1));
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aNamespaceThatIsNotThereIsNamedByItsErrno() throws Exception {
        CompletableFuture<PluginCall> seen = new CompletableFuture<>();
        door.plugins = call -> {
            seen.complete(call);
            return CompletableFuture.completedFuture(new PluginAnswer(0, new byte[0]));
        };
        client.run("bridge", Map.of("CNI_COMMAND", "DEL", "CNI_NETNS", "/no/such"), new byte[0]);
        assertThat(seen.get()
                        .call()
                        .descriptors()
                        .get(Descriptor.Kind.CONTAINER)
                        .errno())
                .isEqualTo(2);
    }

    @Test
    void aCallOfACallerThatGoesAwayIsNotWantedAnyMore() throws Exception {
        CompletableFuture<PluginCall> begun = new CompletableFuture<>();
        door.plugins = call -> {
            begun.complete(call);
            return new CompletableFuture<>();
        };
        Process process = client.start("bridge", ADD);
        process.getOutputStream().close();
        PluginCall call = begun.get(5, TimeUnit.SECONDS);
        assertThat(call.isWanted().getAsBoolean()).isTrue();
        process.destroyForcibly().waitFor();
        Eventually.isTrue(() -> !call.isWanted().getAsBoolean());
    }

    @Test
    void aCallThatRunsWhenTheDoorClosesIsAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<PluginAnswer> answer = new CompletableFuture<>();
        door.plugins = call -> {
            begun.countDown();
            return answer;
        };
        Process process = client.start("bridge", ADD);
        process.getOutputStream().close();
        begun.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(door::close);
        Eventually.isTrue(() -> !Files.exists(door.socket));
        answer.complete(new PluginAnswer(0, "{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("{}");
        assertThat(process.waitFor()).isZero();
        assertThat(closing).succeedsWithin(java.time.Duration.ofSeconds(2));
    }

    @Test
    void aDaemonThatDiesDuringTheCallMeansTryAgainOrAQueuedDel() throws Exception {
        door.plugins = call -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
        byte[] config = "{ \"cniVersion\" : \"0.4.0\", \"x\": 1 }".getBytes(StandardCharsets.UTF_8);
        assertThat(client.run("bridge", ADD, config).out())
                .contains("\"code\":11")
                .contains("\"cniVersion\":\"0.4.0\"");
        assertThat(client.run("bridge", Map.of("CNI_COMMAND", "STATUS"), config).out())
                .contains("\"code\":50");
        ClientProcess.Outcome del = client.run("bridge", Map.of("CNI_COMMAND", "DEL", "CNI_CONTAINERID", "c1"), config);
        assertThat(del).isEqualTo(new ClientProcess.Outcome(0, "", ""));
        assertThat(directory.resolve("queue")).isDirectoryContaining("glob:**.del");
    }

    @Test
    void versionAndAboutLineNeedNoDaemon() throws Exception {
        door.close();
        assertThat(client.run("host-local", Map.of("CNI_COMMAND", "VERSION"), new byte[0])
                        .out())
                .contains(
                        "\"supportedVersions\":[\"0.1.0\",\"0.2.0\",\"0.3.0\",\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]");
        ClientProcess.Outcome about = client.run("portmap", Map.of(), new byte[0]);
        assertThat(about.exitCode()).isZero();
        assertThat(about.err())
                .startsWith("CNI portmap plugin v")
                .contains("\nCNI protocol versions supported: 0.1.0, 0.2.0, ");
    }

    /** Nerdctl reads the first line as a semantic version, and offers isolation from 1.7.1 on. */
    @Test
    void theFirewallPluginTellsOfWhichReleaseItsOptionsAre() throws Exception {
        ClientProcess.Outcome about = client.run("firewall", Map.of(), new byte[0]);
        Matcher first = Pattern.compile("CNI firewall plugin v(\\d+)\\.(\\d+)\\.(\\d+)\\+netd(\\.[0-9A-Za-z-]+)+")
                .matcher(about.err().lines().findFirst().orElse(""));
        assertThat(first.matches()).as(about.err()).isTrue();
        assertThat(List.of(Integer.parseInt(first.group(1)), Integer.parseInt(first.group(2))))
                .isEqualTo(List.of(1, 9));
        assertThat(about.err()).contains("\nCNI protocol versions supported: 0.4.0, 1.0.0, 1.1.0\n");
        assertThat(client.run("firewall", Map.of("CNI_COMMAND", "VERSION"), new byte[0])
                        .out())
                .contains("\"supportedVersions\":[\"0.4.0\",\"1.0.0\",\"1.1.0\"]");
    }
}
