package io.netd.engine.keep;

import io.netd.engine.attach.Hops;
import io.netd.engine.host.HostRef;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.AttachmentKey;
import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.engine.network.NetworkStore;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Puts back what is missing on our own host: the ledger's rules in one hop, then what single attachments left, in their turn. */
public final class Repair {
    private static final Logger LOG = System.getLogger(Repair.class.getName());

    /** What else is done with networks of our own host is done in this turn. */
    private static final String TURN = "start";

    private final Journal journal;
    private final NetworkStore networks;
    private final Hops hops;
    private final HostKey own;

    /** Of what the journal and the store of networks say of our own host. */
    public Repair(Journal journal, NetworkStore networks, Hops hops, HostKey own) {
        this.journal = journal;
        this.networks = networks;
        this.hops = hops;
        this.own = own;
    }

    /** Does it; completes with what was missing, in words. */
    CompletionStage<List<String>> run() {
        CompletionStage<List<String>> all = hops.run(HostRef.own(), TURN, this::rules);
        for (Attachment attachment : journal.of(own)) {
            all = all.thenCombine(attachment(attachment.key()), Repair::both);
        }
        return all;
    }

    private List<String> rules(OpenHost host) {
        List<String> rules =
                host.firewall().repair().stream().map(Rule::toString).toList();
        List<Trace> traces = networks.of(own).stream()
                .flatMap(network -> network.traces().stream())
                .toList();
        return both(rules, repaired(host, "networks", traces));
    }

    /** What one cannot put back, such as an address that firewalld refuses, keeps no other from it. */
    private static List<String> repaired(OpenHost host, String whose, List<Trace> traces) {
        List<String> missing = new ArrayList<>();
        for (Trace trace : traces) {
            try {
                trace.repair(host).ifPresent(missing::add);
            } catch (RuntimeException e) {
                warn(whose, e);
            }
        }
        return missing;
    }

    private static void warn(String whose, Throwable failure) {
        LOG.log(Level.WARNING, "repair " + whose + ": " + failure.getMessage());
    }

    private CompletionStage<List<String>> attachment(AttachmentKey key) {
        return hops.run(HostRef.own(), key.id(), host -> repaired(host, key)).exceptionally(failure -> {
            warn(key.toString(), failure);
            return List.of();
        });
    }

    /** By the time of its turn it may have gone, and what is being taken away is not put back. */
    private List<String> repaired(OpenHost host, AttachmentKey key) {
        List<Trace> traces = journal.find(key).stream()
                .flatMap(attachment -> attachment.entries().stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .flatMap(entry -> entry.traces().stream())
                .toList();
        return repaired(host, key.toString(), traces);
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
