package io.netd.daemon.folder;

import io.netd.cni.CniException;
import io.netd.cni.Settings;
import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why plugins would not be served now; empty when they would.
 *
 * @param fault the daemon's or the client's words
 */
record DaemonStatus(Optional<String> fault) {
    private static final String USUAL = "unix:///run/netd/netd.sock";
    private static final String SCHEME = "unix://";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String CONFIG = "{\"cniVersion\":\"1.1.0\",\"name\":\"status\",\"type\":\"loopback\"}";

    /** Calls STATUS as a runtime does. Where no daemon listens there is nobody to ask: a plugin serves itself then. */
    static DaemonStatus ask(Path home, Map<String, String> environment) {
        String address = Optional.ofNullable(environment.get("NETD_HOST"))
                .filter(text -> !text.isEmpty())
                .orElse(USUAL);
        if (address.startsWith(SCHEME) && !listens(address.substring(SCHEME.length()))) {
            return new DaemonStatus(Optional.empty());
        }
        Map<String, String> variables = new HashMap<>(environment);
        // What the user's shell exports for calls of his own is no part of this one.
        variables.keySet().removeIf(name -> name.startsWith("CNI_"));
        variables.put("CNI_COMMAND", "STATUS");
        variables.put("CNI_PATH", home.toString());
        try {
            Program.Output output = Program.of(home.resolve("loopback").toString())
                    .environment(variables)
                    .input(CONFIG.getBytes(StandardCharsets.UTF_8))
                    .timeout(PATIENCE)
                    .run();
            return new DaemonStatus(output.succeeded() ? Optional.empty() : Optional.of(message(output.out())));
        } catch (ProgramException e) {
            return new DaemonStatus(Optional.of(e.getMessage()));
        }
    }

    private static boolean listens(String path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String message(String answer) {
        try {
            return Settings.parse(answer.getBytes(StandardCharsets.UTF_8))
                    .text("msg")
                    .orElse(answer);
        } catch (CniException e) {
            return answer;
        }
    }
}
