package io.netd.daemon;

import io.netd.daemon.config.ConfigException;
import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Version;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;

/** Starts the daemon and waits for TERM or INT. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 125;
    private static final int STOPPED_BY_FORCE = 130;

    private Main() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        int code = run(arguments, System.out, System.err);
        System.exit(code);
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Flags flags = new Flags(arguments);
            if (flags.isHelp() || flags.isVersion()) {
                out.print(flags.isHelp() ? flags.help() : "netd version " + Version.text() + "\n");
                return 0;
            }
            DaemonConfig config = ConfigSources.read(flags.values(), flags.configFile());
            if (flags.isValidation()) {
                err.println("configuration OK");
                return 0;
            }
            return serve(config, err);
        } catch (CommandLine.ParameterException e) {
            err.println("netd: " + e.getMessage() + "\nSee 'netd --help'.");
            return WRONG_USAGE;
        } catch (ConfigException e) {
            err.println("netd: " + e.getMessage());
            return FAILED;
        }
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
        try (Daemon daemon = Daemon.start(config)) {
            daemon.serveUntil(stop);
            log.log(Level.INFO, "stopping; containers go on running");
            return 0;
        } catch (RuntimeException e) {
            log.log(Level.DEBUG, "the daemon failed", e);
            err.println("netd: " + e.getMessage());
            return FAILED;
        }
    }
}
