package io.netd.engine;

import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Phase;
import io.netd.plugins.spi.Host;
import java.util.List;

/** What attachments have left on a host and is to be there, besides rules. */
record WantedTraces(List<Attachment> attachments) {
    /** What of it somebody changed, in words. On a kernel worker. */
    List<String> drift(Host host) {
        return attachments.stream()
                .flatMap(attachment -> attachment.entries().stream())
                .filter(entry -> entry.phase() == Phase.ADDED)
                .flatMap(entry -> entry.traces().stream())
                .flatMap(trace -> trace.drift(host).stream())
                .distinct()
                .toList();
    }
}
