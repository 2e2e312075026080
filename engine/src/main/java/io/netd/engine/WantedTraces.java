package io.netd.engine;

import io.netd.engine.journal.Journal;
import io.netd.engine.journal.Phase;
import io.netd.engine.network.Networks;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.stream.Stream;

/**
 * What attachments and networks have left on a host and is to be there, besides rules.
 *
 * @param journal of the attachments
 * @param networks netd's own
 */
record WantedTraces(Journal journal, Networks networks) {
    /** What of it somebody changed, in words. On a kernel worker. */
    List<String> drift(Host host) {
        Stream<Trace> attached = journal.of(host.key()).stream()
                .flatMap(attachment -> attachment.entries().stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .flatMap(entry -> entry.traces().stream());
        return Stream.concat(networks.traces(host.key()).stream(), attached)
                .flatMap(trace -> trace.drift(host).stream())
                .distinct()
                .toList();
    }
}
