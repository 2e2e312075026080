package io.netd.engine.keep;

import io.netd.engine.attach.Hops;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.HostKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Puts back what is missing on our own host: the ledger's rules in one hop, then what single attachments left, in their turn. */
public final class Repair {
    private static final Logger LOG = System.getLogger(Repair.class.getName());

    private final Journal journal;
    private final Hops hops;
    private final HostKey own;

    /** Of what the journal says of our own host. */
    public Repair(Journal journal, Hops hops, HostKey own) {
        this.journal = journal;
        this.hops = hops;
        this.own = own;
    }

    /** Does it; completes with what was missing, in words. */
    CompletionStage<List<String>> run() {
        CompletionStage<List<String>> all = hops.run(HostRef.own(), "keeper", Repair::rules);
        for (Attachment attachment : journal.of(own)) {
            all = all.thenCombine(attachment(attachment.key()), Repair::both);
        }
        return all;
    }

    private static List<String> rules(OpenHost host) {
        return host.firewall().repair().stream().map(Rule::toString).toList();
    }

    private CompletionStage<List<String>> attachment(AttachmentKey key) {
        return hops.run(HostRef.own(), key.id(), host -> repaired(host, key)).exceptionally(failure -> {
            LOG.log(Level.WARNING, "repair " + key + ": " + failure.getMessage());
            return List.of();
        });
    }

    /** By the time of its turn it may have gone, and what is being taken away is not put back. */
    private List<String> repaired(OpenHost host, AttachmentKey key) {
        return journal.find(key).stream()
                .flatMap(attachment -> attachment.entries().stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .flatMap(entry -> entry.traces().stream())
                .map(trace -> trace.repair(host))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
