package io.netd.engine.attach;

import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Journal;
import io.netd.firewall.Framework;
import io.netd.firewall.Ledger;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Moves the rules of our own host to another framework after its owner chose one: the new ones come first, then the old
 * ones go, then the journal says so. Broken off anywhere, it can be done again.
 */
public final class Relocation {
    private final Journal journal;
    private final OpenHost host;
    private final Framework usual;

    /** For a host on which no request is under way. */
    public Relocation(Journal journal, OpenHost host) {
        this.journal = journal;
        this.host = host;
        this.usual = host.firewall().usual();
    }

    /**
     * Moves what does not stand where it would be put now.
     *
     * @param networks what networks left on the host
     */
    public void run(Stream<RulesTrace> networks) {
        List<Attachment> attachments = journal.of(host.key());
        List<RulesTrace> misplaced = Stream.concat(
                        networks, attachments.stream().flatMap(attachment -> attachment.traces(RulesTrace.class)))
                .filter(trace -> !trace.isWhereItBelongs(usual))
                .toList();
        if (misplaced.isEmpty()) {
            return;
        }
        move(misplaced);
        attachments.forEach(attachment -> journal.write(attachment.mapTraces(this::settled)));
    }

    private void move(List<RulesTrace> misplaced) {
        Ledger ledger = host.firewall();
        Map<Owner, List<Rule>> former = new LinkedHashMap<>();
        Map<Owner, List<Rule>> gone = new LinkedHashMap<>();
        Map<Owner, List<Rule>> present = new LinkedHashMap<>();
        for (RulesTrace trace : misplaced) {
            Owner leaving = new Owner("former/" + trace.owner());
            former.put(leaving, trace.standing(usual));
            gone.put(leaving, List.of());
            present.put(trace.owner(), trace.rules());
        }
        ledger.adopt(former);
        ledger.adopt(present);
        ledger.repair(usual);
        ledger.put(gone);
    }

    private Trace settled(Trace trace) {
        return trace instanceof RulesTrace rules ? rules.on(usual) : trace;
    }
}
