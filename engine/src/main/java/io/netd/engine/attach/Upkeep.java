package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.engine.host.HostRef;
import io.netd.engine.journal.CallingRuntime;
import io.netd.engine.journal.Journal;
import java.util.concurrent.CompletionStage;

/** STATUS of any runtime, and its GC. Every stage fails with a {@code CniException} and nothing else. */
public final class Upkeep {
    private final Journal journal;
    private final Plugins plugins;
    private final Attachments attachments;
    private final Hops hops;

    /** Deletes through {@code attachments}. */
    public Upkeep(Journal journal, Plugins plugins, Attachments attachments, Hops hops) {
        this.journal = journal;
        this.plugins = plugins;
        this.attachments = attachments;
        this.hops = hops;
    }

    /** Whether ADD could be served, and attached containers are. */
    public CompletionStage<Void> status(HostRef ref, CniRequest request) {
        NetworkConfig config = request.config();
        return hops.run(ref, "status/" + config.name() + "/" + config.type(), host -> {
            new Readiness(plugins.of(config.type()), config, host).require(journal);
            return null;
        });
    }

    /**
     * Removes the plugin's part of this network's attachments that are not in the valid list, those of the asking runtime
     * only, and then what no journal knows of. Goes on past errors.
     *
     * @throws CniException code 5 when it cannot be told which runtime asks
     */
    public CompletionStage<Void> gc(HostRef ref, CniRequest request) {
        String turn = "gc/" + request.config().name() + "/" + request.config().type();
        return hops.run(ref.borrowed(), turn, host -> runtime(ref))
                .thenCompose(runtime -> collecting(runtime, request).run(ref))
                .whenComplete((done, failure) -> ref.close());
    }

    private static CallingRuntime runtime(HostRef ref) {
        return ref.asker()
                .runtime()
                .orElseThrow(() -> new CniException(
                        ErrorCode.IO_FAILURE, "GC: cannot tell which runtime asks, so nothing is removed"));
    }

    private Collecting collecting(CallingRuntime runtime, CniRequest request) {
        return new Collecting(journal, plugins, attachments, hops, runtime, request);
    }
}
