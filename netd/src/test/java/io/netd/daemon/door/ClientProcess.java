package io.netd.daemon.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real client, called under a name. */
public final class ClientProcess {
    private static final Path BUILT =
            Path.of("../client/target/netd-client").toAbsolutePath().normalize();

    private final Path directory;
    private final Map<String, String> environment;

    /** A client that finds its daemon at the socket; {@code directory} gets the symbolic links. */
    public ClientProcess(Path directory, Path socket) {
        this.directory = directory;
        this.environment = Map.of("NETD_HOST", "unix://" + socket, "NETD_EXEC_ROOT", directory.toString());
    }

    /** What a client left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    /** Starts a call; its streams are pipes. */
    public Process start(String name, Map<String, String> more, String... arguments) throws IOException {
        Path link = directory.resolve(name);
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, BUILT);
        }
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("CNI_") || key.startsWith("NETD_"));
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        return builder.start();
    }

    /** Runs a call to its end. */
    public Outcome run(String name, Map<String, String> more, byte[] input, String... arguments) throws Exception {
        Process process = start(name, more, arguments);
        CompletableFuture<byte[]> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // It had heard enough.
        }
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the client did not end");
        }
        return new Outcome(
                process.exitValue(),
                new String(out.get(), StandardCharsets.UTF_8),
                new String(err.get(), StandardCharsets.UTF_8));
    }

    private static byte[] read(java.io.InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
