package io.netd.daemon.plugin;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.ErrorCode;
import io.netd.cni.RecentConfigs;
import io.netd.daemon.door.PluginAnswer;
import io.netd.daemon.door.PluginCall;
import io.netd.daemon.door.PluginCalls;
import io.netd.engine.attach.Failures;
import io.netd.engine.host.HostRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Carries out plugin calls by the engine, on the host that the caller runs in. */
public final class PluginService implements PluginCalls {
    private static final Logger LOG = System.getLogger(PluginService.class.getName());

    private final Verbs verbs;
    private final RecentConfigs configs = new RecentConfigs();

    /** In front of an engine. */
    public PluginService(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public CompletionStage<PluginAnswer> begin(PluginCall call) {
        long start = System.nanoTime();
        try {
            CniRequest request =
                    PluginRequests.parse(call.call().name(), call.call().environment(), call.input(), configs);
            StringBuffer errors = new StringBuffer();
            HostRef host = host(call, request, errors::append);
            return verbs.carryOut(host, request)
                    .thenApply(result ->
                            PluginRequests.success(result, request.config().version()))
                    .exceptionally(failure -> refuse(call, failure))
                    .thenApply(answer -> answer.saying(errors.toString().getBytes(StandardCharsets.UTF_8)))
                    .whenComplete((done, never) -> note(call, start, done));
        } catch (CniException e) {
            return CompletableFuture.completedFuture(refuse(call, e));
        }
    }

    private static HostRef host(PluginCall call, CniRequest request, Consumer<String> errors) {
        int pid = call.pid()
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_ENVIRONMENT,
                        "NETD_HOST: plugins need a unix socket, over TCP the daemon cannot see where its caller runs"));
        return new CallerFiles(pid, call.call()).host(request.command(), call.isWanted(), errors);
    }

    private static PluginAnswer refuse(PluginCall call, Throwable failure) {
        log(call, failure);
        return PluginRequests.failure(failure, call.input());
    }

    private static void note(PluginCall call, long start, PluginAnswer answer) {
        if (LOG.isLoggable(Level.DEBUG)) {
            long micros = (System.nanoTime() - start) / 1000;
            LOG.log(Level.DEBUG, what(call) + (answer.exitCode() == 0 ? " done" : " failed") + " in " + micros + " us");
        }
    }

    private static void log(PluginCall call, Throwable failure) {
        CniException known = Failures.of(failure);
        LOG.log(Level.WARNING, what(call) + ": " + known.getMessage() + " (code " + known.code() + ")");
        if (known.code() == ErrorCode.INTERNAL) {
            LOG.log(Level.WARNING, what(call) + ": unexpected", failure);
        }
    }

    private static String what(PluginCall call) {
        var environment = call.call().environment();
        return call.call().name() + " " + environment.getOrDefault("CNI_COMMAND", "?") + " "
                + environment.getOrDefault("CNI_CONTAINERID", "") + "/" + environment.getOrDefault("CNI_IFNAME", "");
    }
}
