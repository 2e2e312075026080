package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.NetworkName;
import io.netd.engine.host.OpenHost;
import io.netd.engine.host.OpenSandbox;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One ADD on one worker: the plugins of the order in turn, each with its traces in the journal
 * before its deeds, and a commit at the end. On failure everything this order did is reverted, in
 * reverse.
 */
final class Adding {
    private final Journal journal;
    private final Plugins plugins;
    private final OpenHost host;
    private final OpenSandbox sandbox;
    private final Order order;
    private final List<PluginEntry> begun = new ArrayList<>();
    private final List<Deleting.Removed> taken = new ArrayList<>();
    private Attachment attachment;

    Adding(Journal journal, Plugins plugins, Clock clock, OpenHost host, OpenSandbox sandbox, Order order) {
        this.journal = journal;
        this.plugins = plugins;
        this.host = host;
        this.sandbox = sandbox;
        this.order = order;
        this.attachment = journal.find(new AttachmentKey(host.key(), order.id()))
                .orElseGet(() -> new Attachment(
                        host.key(),
                        order.id().containerId(),
                        order.id().ifName(),
                        order.origin(),
                        sandbox.path(),
                        Optional.empty(),
                        clock.instant(),
                        List.of()));
    }

    /** Does it; the attachment as it now is. */
    Attachment run(AddPlan first) {
        try {
            Optional<CniResult> previous = Optional.empty();
            for (NetworkConfig config : order.chain()) {
                previous = Optional.of(step(config, previous, first));
            }
            return attachment;
        } catch (RuntimeException | Error e) {
            undo(e);
            throw e;
        }
    }

    /** Takes back what was just done, because nobody waits for it any more. */
    CniException takeBack() {
        CniException gone = new CniException(ErrorCode.TRY_LATER, "the caller of ADD has gone away");
        undo(gone);
        return gone;
    }

    private CniResult step(NetworkConfig config, Optional<CniResult> previous, AddPlan first) {
        Plugin plugin = plugins.of(config.type());
        Requests.requireFitting(plugin, host, sandbox);
        requireNew(config);
        NetworkConfig chained = previous.map(config::withPrevResult).orElse(config);
        AddPlan plan = previous.isEmpty() ? first : plugin.plan(Requests.add(order, chained, sandbox));
        PluginEntry entry = PluginEntry.begin(config.type(), config.name());
        begun.add(entry);
        attachment = attachment.in(sandbox.namespace().id()).with(entry);
        CniResult result = plan.apply(host, new Leaving(entry));
        result.requireConvertible(config.version());
        commit(entry, result);
        return result;
    }

    private void requireNew(NetworkConfig config) {
        Optional<PluginEntry> known = attachment.entry(config.type(), config.name());
        if (known.isEmpty()) {
            return;
        }
        if (known.get().phase() != Phase.ADDED) {
            finish(known.get());
            return;
        }
        if (!new Takeover(host).isOf(known.get())) {
            throw new CniException(
                    ErrorCode.ALREADY_ATTACHED,
                    order.id() + " is attached to network " + config.name() + " by " + config.type() + " already");
        }
        finishTaken(config.name());
    }

    /** Somebody else has detached it, of which the other plugins of the chain have not heard either. */
    private void finishTaken(NetworkName network) {
        List<PluginEntry> entries = attachment.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            PluginEntry entry = entries.get(i);
            if (entry.network().equals(network) && entry.phase() == Phase.ADDED) {
                taken.add(new Deleting.Removed(attachment, List.of(entry)));
                finish(entry);
            }
        }
    }

    /** What was found detached by somebody else, the last plugin first. */
    List<Deleting.Removed> taken() {
        return List.copyOf(taken);
    }

    /** What an earlier run left goes first: of an ADD or DEL that broke off, or of what somebody else has detached. */
    private void finish(PluginEntry broken) {
        Undo undo = new Undo(host);
        List<Trace> remaining = undo.revert(broken.traces());
        if (!remaining.isEmpty()) {
            throw Failures.all(undo.failures()).within("remains of an earlier " + order.id());
        }
        attachment = attachment.without(broken);
    }

    /** What the journal knows already need not be written again. */
    private void commit(PluginEntry entry, CniResult result) {
        boolean isKnown = journal.find(attachment.key())
                .flatMap(written -> written.entry(entry.type(), entry.network()))
                .filter(written -> written.result().equals(result))
                .isPresent();
        if (isKnown) {
            attachment = journal.advance(attachment, entry, Phase.ADDED);
        } else {
            attachment = attachment.change(entry, left -> left.added(result));
            journal.write(attachment);
        }
    }

    private final class Leaving implements Traces {
        private final PluginEntry entry;

        Leaving(PluginEntry entry) {
            this.entry = entry;
        }

        @Override
        public void leave(List<? extends Trace> traces) {
            write(left -> left.leaving(Settled.traces(traces, host)));
        }

        @Override
        public void leave(List<? extends Trace> traces, CniResult outcome) {
            write(left -> left.leaving(Settled.traces(traces, host)).expecting(outcome));
        }

        private void write(UnaryOperator<PluginEntry> change) {
            PluginEntry changed =
                    change.apply(attachment.entry(entry.type(), entry.network()).orElseThrow());
            attachment = attachment.put(changed);
            journal.put(attachment, changed);
        }
    }

    private void undo(Throwable reason) {
        Undo undo = new Undo(host);
        for (int i = begun.size() - 1; i >= 0; i--) {
            attachment
                    .entry(begun.get(i).type(), begun.get(i).network())
                    .ifPresent(entry -> attachment = undo.entry(attachment, entry, journal));
        }
        undo.failures().forEach(reason::addSuppressed);
    }
}
