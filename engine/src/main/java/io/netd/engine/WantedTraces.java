package io.netd.engine;

import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Phase;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.stream.Stream;

/**
 * What attachments and networks have left on a host and is to be there, besides rules.
 *
 * @param attachments of the host
 * @param networks what the host's networks left
 */
record WantedTraces(List<Attachment> attachments, List<Trace> networks) {
    /** What of it somebody changed, in words. On a kernel worker. */
    List<String> drift(Host host) {
        Stream<Trace> attached = attachments.stream()
                .flatMap(attachment -> attachment.entries().stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .flatMap(entry -> entry.traces().stream());
        return Stream.concat(networks.stream(), attached)
                .flatMap(trace -> trace.drift(host).stream())
                .distinct()
                .toList();
    }
}
