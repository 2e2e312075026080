package io.netd.engine.attach;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.engine.event.Events;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.Hosts;
import io.netd.engine.host.OpenHost;
import io.netd.engine.host.OpenSandbox;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Attachments of any runtime: plan on the caller's thread, one hop to a kernel worker, commit,
 * event. Every stage fails with a {@link CniException} and nothing else.
 */
public final class Attachments {
    private final Hosts hosts;
    private final Journal journal;
    private final Plugins plugins;
    private final Events events;
    private final Hops hops;
    private final Clock clock;

    /** Announces to {@code events} what it has done. */
    public Attachments(Hosts hosts, Journal journal, Plugins plugins, Events events, Hops hops, Clock clock) {
        this.hosts = hosts;
        this.journal = journal;
        this.plugins = plugins;
        this.events = events;
        this.hops = hops;
        this.clock = clock;
    }

    /** Attaches; the attachment with all its plugins so far. */
    public CompletionStage<Attachment> add(HostRef ref, Order order) {
        return add(ref, order, host -> {});
    }

    /**
     * The same, unless a permission is refused.
     *
     * @param permission throws where the host lets nothing be attached; asked on the worker, before anything is begun
     */
    public CompletionStage<Attachment> add(HostRef ref, Order order, Consumer<Host> permission) {
        return Hops.prepared(ref, () -> {
            NetworkConfig config = order.chain().get(0);
            OpenSandbox sandbox = sandbox(ref, order);
            AddPlan plan = plugins.of(config.type()).plan(Requests.add(order, config, sandbox));
            return hops.run(ref, order.id(), host -> {
                permission.accept(host);
                return add(ref, order, host, sandbox, plan);
            });
        });
    }

    /** Detaches the part of the order's one plugin; what is not there is no error. */
    public CompletionStage<Void> del(HostRef ref, Order order) {
        return hops.run(ref, order.id(), host -> {
            Optional<Deleting.Removed> removed =
                    removed(ref, order, () -> deleting(host).run(ref, order));
            removed.ifPresent(gone -> announce(announcer(), gone, ""));
            return null;
        });
    }

    /** Compares reality with the previous result. */
    public CompletionStage<Void> check(HostRef ref, Order order) {
        return Hops.prepared(ref, () -> {
            NetworkConfig config = order.chain().get(0);
            Plugin plugin = plugins.of(config.type());
            OpenSandbox sandbox = sandbox(ref, order);
            return hops.run(ref, order.id(), host -> {
                try (sandbox) {
                    requireCaller(ref);
                    plugin.check(Requests.check(order, config, sandbox), host);
                    return null;
                }
            });
        });
    }

    /**
     * Detaches a whole attachment of our own host by what the journal knows of it.
     *
     * @param reason for the event; empty when somebody asked for it
     * @return whether there was one
     */
    public CompletionStage<Boolean> detach(AttachmentId id, String reason) {
        return hops.run(HostRef.own(), id, host -> detach(host, id, reason));
    }

    /** {@link #detach} where the host is open and the attachment's turn has come. */
    boolean detach(OpenHost host, AttachmentId id, String reason) {
        Optional<Attachment> known = journal.find(new AttachmentKey(host.key(), id));
        known.ifPresent(attachment -> announce(announcer(), deleting(host).all(attachment), reason));
        return known.isPresent();
    }

    private Attachment add(HostRef ref, Order order, OpenHost host, OpenSandbox sandbox, AddPlan plan) {
        try (sandbox) {
            requireCaller(ref);
            Adding adding = new Adding(journal, plugins, clock, host, sandbox, order);
            Attachment attachment = adding.run(plan);
            if (ref.isAbandoned()) {
                throw adding.takeBack();
            }
            adding.taken().forEach(gone -> announce(announcer(), gone, "somebody else has detached it"));
            order.chain().stream()
                    .flatMap(config -> attachment.entry(config.type(), config.name()).stream())
                    .forEach(entry -> announcer().added(attachment, entry));
            return attachment;
        } catch (RuntimeException e) {
            announcer().failed(order, e);
            throw e;
        }
    }

    private Optional<Deleting.Removed> removed(HostRef ref, Order order, Supplier<Optional<Deleting.Removed>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            announcer().failed(order, e);
            throw e;
        }
    }

    private Announcer announcer() {
        return new Announcer(events);
    }

    private Deleting deleting(OpenHost host) {
        return new Deleting(journal, plugins, host);
    }

    private static void announce(Announcer announcer, Deleting.Removed gone, String reason) {
        for (PluginEntry entry : gone.entries()) {
            announcer.removed(gone.attachment(), entry, reason);
        }
    }

    private static OpenSandbox sandbox(HostRef ref, Order order) {
        return ref.sandbox(order.netns()
                .orElseThrow(() ->
                        new CniException(ErrorCode.INVALID_ENVIRONMENT, "required env variables [CNI_NETNS] missing")));
    }

    private static void requireCaller(HostRef ref) {
        if (ref.isAbandoned()) {
            throw new CniException(ErrorCode.TRY_LATER, "the caller has gone away");
        }
    }
}
