package io.netd.daemon;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.Command;
import io.netd.cni.ErrorCode;
import io.netd.cni.RecentConfigs;
import io.netd.daemon.config.ConfigException;
import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.LogLevel;
import io.netd.daemon.door.PluginAnswer;
import io.netd.daemon.folder.LocalFolders;
import io.netd.daemon.local.DaemonlessNetd;
import io.netd.daemon.plugin.Askers;
import io.netd.daemon.plugin.EngineVerbs;
import io.netd.daemon.plugin.PluginRequests;
import io.netd.engine.Engine;
import io.netd.engine.EngineBuilder;
import io.netd.engine.NativeCalls;
import io.netd.engine.host.Asker;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.JournalException;
import io.netd.firewall.host.HostFirewall;
import io.netd.netctl.NetctlMain;
import io.netd.netctl.api.Netd;
import io.netd.plugins.spi.CallingProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * One plugin call, or one of the few commands that need no daemon, in a process of its own: the same engine, which holds
 * the journal's lock for this call. The plugin's host is the process's own, and standard input its configuration.
 */
public final class OneCall {
    /** One byte more than is taken, to see that it was too much. */
    private static final int INPUT_LIMIT = (1 << 20) + 1;

    /** STATUS has to be answered within a second, start of the JVM included. */
    private static final Duration STATUS_PATIENCE = Duration.ofMillis(500);

    private static final String EXEC_ROOT = "NETD_EXEC_ROOT";

    private OneCall() {}

    /** Runs the call that the first argument names; {@code netctl} and its arguments, or a plugin. */
    public static void main(String[] arguments) throws IOException {
        LogSetup.apply(LogLevel.WARN);
        if (arguments.length == 0) {
            System.err.println("netd: one-call needs the name of a plugin");
            System.exit(1);
        }
        if (arguments[0].equals("netctl")) {
            List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
            ProcessTerminal terminal = new ProcessTerminal();
            System.exit(NetctlMain.run(rest, System.getenv(), terminal, netd()));
        }
        NativeCalls.bindAhead();
        PluginAnswer answer = run(arguments[0], System.getenv(), System.in.readNBytes(INPUT_LIMIT));
        System.out.write(answer.output());
        System.out.flush();
        System.exit(answer.exitCode());
    }

    private static Netd netd() {
        LocalFolders folders = new LocalFolders(
                Path.of(System.getProperty("netd.cwd", "")), Home.plugins(), EngineParts.plugins(), System.getenv());
        DaemonConfig config = config();
        return DaemonlessNetd.of(config, HostFirewall.detect(config.framework()), folders);
    }

    /** Carries a plugin's call out, in this process or by a daemon that listens meanwhile. */
    static PluginAnswer run(String plugin, Map<String, String> environment, byte[] input) {
        try {
            CniRequest request = PluginRequests.parse(plugin, environment, input, new RecentConfigs());
            Optional<Engine> engine = open(request.command());
            return engine.isPresent() ? carryOut(engine.get(), request, environment) : Handover.call(plugin, input);
        } catch (CompletionException e) {
            return PluginRequests.failure(e.getCause() == null ? e : e.getCause(), input);
        } catch (RuntimeException e) {
            return PluginRequests.failure(e, input);
        }
    }

    /** An engine, or nothing where a daemon listens meanwhile. STATUS says as soon as it must what keeps ADDs from being served. */
    private static Optional<Engine> open(Command command) {
        if (command != Command.STATUS) {
            return new Handover(EngineBuilder.PATIENCE).openUnlessDaemonListens(config());
        }
        try {
            return new Handover(STATUS_PATIENCE).openUnlessDaemonListens(config());
        } catch (JournalException e) {
            throw new CniException(ErrorCode.NOT_AVAILABLE, e.getMessage(), e);
        }
    }

    private static PluginAnswer carryOut(Engine engine, CniRequest request, Map<String, String> environment) {
        Asker asker = Askers.of(
                ProcessHandle.current().pid(), request.command(), new CallingProgram(environment, System.err::print));
        try (engine) {
            return PluginRequests.success(
                    new EngineVerbs(engine)
                            .carryOut(HostRef.own().askedBy(asker), request)
                            .toCompletableFuture()
                            .join(),
                    request.config().version());
        }
    }

    /** The daemon's configuration; where there is none of use, a call still goes by the defaults. */
    private static DaemonConfig config() {
        Optional<Path> execRoot = Optional.ofNullable(System.getenv(EXEC_ROOT))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
        try {
            DaemonConfig config = ConfigSources.read(Map.of(), Optional.empty());
            return execRoot.map(config::withExecRoot).orElse(config);
        } catch (ConfigException e) {
            return execRoot.map(DaemonConfig.usual()::withExecRoot).orElse(DaemonConfig.usual());
        }
    }
}
