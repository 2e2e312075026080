package io.netd.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netd.daemon.config.ConfigException;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.ListenAddress;
import io.netd.daemon.door.PluginAnswer;
import io.netd.engine.Engine;
import io.netd.engine.journal.JournalBusyException;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * A one-call may meet a daemon that starts: it has the journal already and does not listen yet. The call waits for
 * whichever comes first, the journal or the daemon's socket, and goes to the daemon then.
 */
final class Handover {
    private static final Duration SLICE = Duration.ofMillis(20);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(120);

    private final long deadline;

    /** Begins to wait. */
    Handover(Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * An engine that has the journal, or nothing when a daemon listens meanwhile.
     *
     * @throws JournalBusyException naming the holder when neither comes in time
     */
    Optional<Engine> openUnlessDaemonListens(DaemonConfig config) {
        HostFirewall firewall = HostFirewall.detect(config.framework());
        while (true) {
            try {
                return Optional.of(EngineParts.openForOneCall(config, firewall, SLICE));
            } catch (JournalBusyException e) {
                if (isDaemonListening()) {
                    return Optional.empty();
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
        }
    }

    /** The call once more through the client, which has a daemon to talk to now; environment and host are the same. */
    static PluginAnswer call(String plugin, byte[] input) {
        Program.Output output = Program.of(Home.plugin(plugin).toString())
                .input(input)
                .timeout(CALL_LIMIT)
                .run();
        return new PluginAnswer(output.exitCode(), output.out().getBytes(UTF_8));
    }

    private static boolean isDaemonListening() {
        String text = Optional.ofNullable(System.getenv("NETD_HOST"))
                .filter(value -> !value.isEmpty())
                .orElse(DaemonConfig.USUAL_HOST);
        try {
            return ListenAddress.parse(text) instanceof ListenAddress.Unix unix && accepts(unix);
        } catch (ConfigException e) {
            return false;
        }
    }

    private static boolean accepts(ListenAddress.Unix address) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(address.path()));
        } catch (IOException e) {
            return false;
        }
    }
}
