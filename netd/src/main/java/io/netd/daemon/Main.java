package io.netd.daemon;

import io.netd.daemon.config.ConfigException;
import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Flags;
import io.netd.daemon.config.Version;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts the daemon and waits for TERM or INT. */
public final class Main {
    private static final int FAILED = 1;
    private static final int STOPPED_BY_FORCE = 130;

    private Main() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.out, System.err);
        System.exit(code);
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Flags flags = new Flags(arguments);
            if (flags.isHelp() || flags.isVersion()) {
                out.print(flags.isHelp() ? Flags.help() : "netd version " + Version.text() + "\n");
                return 0;
            }
            DaemonConfig config = ConfigSources.read(flags.values(), configFile(flags));
            if (flags.isValidation()) {
                err.println("configuration OK");
                return 0;
            }
            return serve(config, err);
        } catch (ConfigException e) {
            err.println("netd: " + e.getMessage());
            return FAILED;
        }
    }

    private static void serveUntil(Stop stop, DaemonConfig config, Logger log) {
        try (Daemon daemon = Daemon.start(config, stop)) {
            daemon.serveUntil(stop);
            log.log(Level.INFO, stop.leavesNoTrace() ? "stopping for good" : "stopping; containers go on running");
        }
    }

    /** The launcher goes to a folder of its own and says where it came from. */
    private static Optional<Path> configFile(Flags flags) {
        Path here = Path.of(System.getProperty("netd.cwd", ""));
        return flags.configFile().map(here::resolve);
    }

    private static int serve(DaemonConfig config, PrintStream err) {
        LogSetup.apply(config.logLevel());
        Logger log = System.getLogger(Main.class.getName());
        AtomicBoolean isStopping = new AtomicBoolean();
        Stop stop = new Stop();
        Signals.handle(List.of("TERM", "INT"), () -> {
            if (isStopping.getAndSet(true)) {
                Runtime.getRuntime().halt(STOPPED_BY_FORCE);
            }
            stop.request();
        });
        try {
            serveUntil(stop, config, log);
            if (stop.leavesNoTrace()) {
                StateFolders.delete(config);
            }
            return 0;
        } catch (RuntimeException e) {
            log.log(Level.DEBUG, "the daemon failed", e);
            Throwable cause =
                    e instanceof java.util.concurrent.CompletionException && e.getCause() != null ? e.getCause() : e;
            err.println("netd: " + cause.getMessage());
            return FAILED;
        }
    }
}
