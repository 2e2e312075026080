package io.netd.daemon.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.netctl.api.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetctlCallTest {
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

    private static void write(Terminal terminal, String out, String err) {
        try {
            terminal.out().write(out.getBytes(UTF_8));
            terminal.err().write(err.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void argumentsGoInAndStreamsAndExitCodeComeOut() throws Exception {
        door.commands = (call, terminal) -> {
            write(terminal, String.join("|", call.arguments()), call.directory());
            return 42;
        };
        ClientProcess.Outcome outcome =
                client.run("netctl", Map.of(), new byte[0], "-H", "unix://" + door.socket, "run", "-H", "a b", "");
        assertThat(outcome)
                .isEqualTo(new ClientProcess.Outcome(
                        42, "run|-H|a b|", Path.of("").toAbsolutePath().toString()));
    }

    @Test
    void standardInputAndFilesArePulledThroughTheClient() throws Exception {
        byte[] content = new byte[300_000];
        new java.util.Random(7).nextBytes(content);
        Path file = Files.write(directory.resolve("image.tar"), content);
        door.commands = (call, terminal) -> {
            try (InputStream opened = terminal.openFile(call.arguments().get(1))) {
                terminal.out()
                        .write(Integer.toString(java.util.Arrays.hashCode(opened.readAllBytes()))
                                .getBytes(UTF_8));
                terminal.out().write(terminal.in().readAllBytes());
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        ClientProcess.Outcome outcome =
                client.run("netctl", Map.of(), " from stdin".getBytes(UTF_8), "import", file.toString());
        assertThat(outcome.out()).isEqualTo(java.util.Arrays.hashCode(content) + " from stdin");
    }

    @Test
    void aFileThatTheClientCannotOpenIsAnExceptionWithItsReason() throws Exception {
        BlockingQueue<Throwable> seen = new LinkedBlockingQueue<>();
        door.commands = (call, terminal) -> {
            try {
                return terminal.openFile("/no/such/file").read();
            } catch (UncheckedIOException | IOException e) {
                seen.add(e);
                return 1;
            }
        };
        assertThat(client.run("netctl", Map.of(), new byte[0], "import").exitCode())
                .isEqualTo(1);
        assertThat(seen.take()).isInstanceOf(UncheckedIOException.class).hasMessageContaining("No such file");
    }

    @Test
    void muchOutputArrivesWholeAndWaitsForItsReader() throws Exception {
        door.commands = (call, terminal) -> {
            byte[] line = "0123456789abcdef\n".repeat(10_000).getBytes(UTF_8);
            try {
                for (int i = 0; i < 100; i++) {
                    terminal.out().write(line);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return 0;
        };
        assertThat(client.run("netctl", Map.of(), new byte[0], "logs").out()).hasSize(17_000_000);
    }

    @Test
    void signalsAreRelayedOnceAskedFor() throws Exception {
        BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();
        CountDownLatch ready = new CountDownLatch(1);
        door.commands = (call, terminal) -> {
            terminal.onSignal(signals::add);
            write(terminal, "x", "");
            ready.countDown();
            try {
                return 128 + signals.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        Process process = client.start("netctl", Map.of(), "run");
        assertThat(process.getInputStream().read()).isEqualTo('x');
        process.destroy();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void aClientThatIsKilledIsNoticed() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        door.commands = (call, terminal) -> {
            write(terminal, "x", "");
            written.countDown();
            terminal.onGone(gone::countDown);
            try {
                return terminal.in().read();
            } catch (IOException e) {
                return 1;
            }
        };
        Process process = client.start("netctl", Map.of(), "exec");
        // Not only read: a client that is gone before the write is over ends the command there.
        assertThat(written.await(5, TimeUnit.SECONDS)).isTrue();
        process.destroyForcibly();
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theThreadOfACommandWithoutClientIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        door.commands = (call, terminal) -> {
            write(terminal, "x", "");
            written.countDown();
            try {
                return new LinkedBlockingQueue<Integer>().take();
            } catch (InterruptedException e) {
                interrupted.countDown();
                return 1;
            }
        };
        Process process = client.start("netctl", Map.of(), "events");
        // Not only read: a client that is gone before the write is over ends the command there.
        assertThat(written.await(5, TimeUnit.SECONDS)).isTrue();
        process.destroyForcibly();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCommandThatFailsUnexpectedlySaysSo() throws Exception {
        door.commands = (call, terminal) -> {
            throw new IllegalStateException("surprise");
        };
        ClientProcess.Outcome outcome = client.run("netctl", Map.of(), new byte[0], "ps");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("the command failed unexpectedly");
    }

    @Test
    void withoutADaemonTheSentenceComesAtOnce() throws Exception {
        door.close();
        assertThat(client.run("netctl", Map.of(), new byte[0], "ps"))
                .isEqualTo(new ClientProcess.Outcome(
                        1,
                        "",
                        "Cannot connect to the netd daemon at unix://" + door.socket
                                + ". Is the netd daemon running?\n"));
        assertThat(client.run("netctl", Map.of(), new byte[0], "version").out())
                .startsWith("Client:\n Version:      0.1.0");
    }

    @Test
    void anAddressThatIsNoneIsRefused() throws Exception {
        assertThatThrownBy(() -> io.netd.daemon.config.ListenAddress.parse("http://x"))
                .hasMessageContaining("invalid host");
        assertThat(client.run("netctl", Map.of(), new byte[0], "-H", "tcp://localhost:1", "ps")
                        .err())
                .startsWith("unable to parse the daemon's host `tcp://localhost:1`");
    }
}
