package io.netd.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.proc.ProcessId;
import io.netd.runtime.Attached;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ContainerState;
import io.netd.runtime.Limits;
import io.netd.runtime.NetworkMode;
import io.netd.runtime.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerFilesTest {
    @TempDir
    private Path directory;

    private ContainerFiles files(String id) {
        return ContainerFiles.of(settings(), id);
    }

    private RuntimeSettings settings() {
        return new RuntimeSettings(directory.resolve("data"), directory.resolve("exec"), Path.of("/l"), "/netd");
    }

    private static ContainerRecord record(String id, NetworkMode network) {
        ContainerSpec spec = new ContainerSpec(
                "image:1",
                new ProcessSpec(List.of("a", "b c"), Map.of("K", "v=1"), Optional.of("/w"), Optional.empty()),
                network,
                new Limits(Optional.of(7L << 20), Optional.empty(), Optional.empty(), Optional.of(3L)),
                new ContainerSpec.Options(true, false, true),
                Optional.of("web"),
                Optional.empty(),
                Map.of("netd.ports", "80:80"));
        return new ContainerRecord(
                1,
                id,
                "web",
                "host",
                "sha256:1",
                spec,
                List.of("a"),
                List.of("K=v=1"),
                "/w",
                "",
                List.of("l"),
                Instant.parse("2026-01-02T03:04:05.123456789Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "host", "none", "container:abc"})
    void aRecordIsReadBackAsItWasWritten(String network) {
        ContainerRecord record = record("c1", NetworkMode.parse(network));
        files("c1").make(record);

        assertThat(files("c1").readRecord()).contains(record);
        assertThat(files("c1").readStatus()).isEqualTo(Status.CREATED);
    }

    @Test
    void theStateOfARunGoesWithItsRunDirectory() {
        ContainerFiles files = files("c1");
        files.make(record("c1", new NetworkMode.None()));
        files.makeRun();
        Status running = Status.starting(new ProcessId(5, 6), new ProcessId(7, 8))
                .running(new Attached(List.of("10.0.0.2")), Instant.ofEpochSecond(9, 10));
        files.write(running);

        assertThat(files.readStatus()).isEqualTo(running);
        Status exited = running.exited(new ExitFile.Exit(3, Instant.EPOCH), true, "why");
        files.write(exited);
        assertThat(files.readStatus()).isEqualTo(exited);
        assertThat(exited.state()).isEqualTo(ContainerState.EXITED);
        assertThat(files.exec()).doesNotExist();
    }

    @Test
    void aRunWhoseProgramNeverRanLeavesItCreatedWithItsReason() {
        ContainerFiles files = files("c1");
        files.make(record("c1", new NetworkMode.None()));
        files.makeRun();
        Status starting = Status.starting(new ProcessId(5, 6), new ProcessId(7, 8));
        files.write(starting);
        files.write(starting.exited(new ExitFile.Exit(125, Instant.EPOCH), false, "port taken"));

        Status read = files.readStatus();
        assertThat(read.state()).isEqualTo(ContainerState.CREATED);
        assertThat(read.run()).hasValueSatisfying(run -> {
            assertThat(run.exitCode()).contains(125);
            assertThat(run.error()).isEqualTo("port taken");
        });
        assertThat(files.exec()).doesNotExist();
    }

    @Test
    void afterARebootARunIsStillKnownToHaveBeen() throws IOException {
        ContainerFiles files = files("c1");
        files.make(record("c1", new NetworkMode.None()));
        files.makeRun();
        Status running =
                Status.starting(new ProcessId(5, 6), new ProcessId(7, 8)).running(Attached.NOWHERE, Instant.EPOCH);
        files.write(running);
        files.noteRun(running);
        io.netd.runtime.store.FileTree.delete(directory.resolve("exec"));

        assertThat(files.readStatus()).isEqualTo(running);
    }

    @Test
    void leftoversWithoutARecordAreCleared() throws IOException {
        files("c1").make(record("c1", new NetworkMode.None()));
        Files.createDirectories(files("half").upper());
        Files.createDirectories(files("gone").exec());

        List<LiveContainer> found = new Census(settings()).take();

        assertThat(found).extracting(LiveContainer::id).containsExactly("c1");
        assertThat(files("half").data()).doesNotExist();
        assertThat(files("gone").exec()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "137", "x 1.000000000", "1 2.3", "137 17.000000000 more", "-1 2.000000000"})
    void aBrokenExitFileIsNone(String text) throws IOException {
        Path file = directory.resolve("exit");
        Files.writeString(file, text);

        assertThat(ExitFile.read(file)).isEmpty();
        assertThat(ExitFile.read(directory.resolve("missing"))).isEmpty();
    }

    @Test
    void anExitFileTellsCodeAndTime() throws IOException {
        Path file = directory.resolve("exit");
        Files.writeString(file, "137 1795477877.116765695\n");

        assertThat(ExitFile.read(file)).contains(new ExitFile.Exit(137, Instant.ofEpochSecond(1795477877L, 116765695)));
    }
}
