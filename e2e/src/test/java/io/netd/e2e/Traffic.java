package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Servers in many network namespaces of a host, and those who ask them; real packets, sent by {@code traffic.py}. */
final class Traffic implements AutoCloseable {
    private static final String PROGRAM = Shell.root()
            .resolve("e2e/src/test/resources/io/netd/e2e/traffic.py")
            .toString();

    /** What is sent; of {@link #ICMP} pings, which know no ports. */
    enum Kind {
        TCP,
        UDP,
        SCTP,
        ICMP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who listens at an address; {@code ::} is every one of both families. */
    record Server(String name, String namespace, Kind kind, String address, int port) {
        @Override
        public String toString() {
            return String.join(" ", name, namespace, kind.toString(), address, Integer.toString(port));
        }
    }

    /** Who asks whom. An answer that is expected is waited for longer than one that is not. */
    record Question(String namespace, Kind kind, String address, int port, boolean isExpected) {
        @Override
        public String toString() {
            return String.join(
                    " ", namespace, kind.toString(), address, Integer.toString(port), isExpected ? "1" : "0");
        }
    }

    private final Host host;
    private final Process servers;

    private Traffic(Host host, Process servers) {
        this.host = host;
        this.servers = servers;
    }

    /** Returns when all of them listen. */
    static Traffic serve(Host host, List<Server> servers) {
        Process process = host.start("python3", PROGRAM, "serve");
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(lines(servers));
            }
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Traffic(host, process);
    }

    /** Asks all together; of each the server's name, its port and the address that it saw, or {@code -}. */
    List<String> ask(List<Question> questions) {
        return host.run(Map.of(), lines(questions), "python3", PROGRAM, "ask")
                .ok()
                .lines()
                .toList();
    }

    private static byte[] lines(List<?> things) {
        return things.stream()
                .map(thing -> thing + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        servers.destroy();
    }
}
