package io.netd.engine.attach;

import io.netd.address.IpFamily;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PublishFlag;
import java.util.List;

/** How many ports of an attachment may be published, at however many times. */
final class PortLimit {
    private PortLimit() {}

    /**
     * Refuses ports that are too many together with those that stand. They are counted for each family: a request without an
     * address stands once in either.
     *
     * @throws IllegalArgumentException in the words for too many at once
     */
    static void require(Attachment attachment, List<PortRequest> wanted) {
        for (IpFamily family : IpFamily.values()) {
            int more = 0;
            for (PortRequest request : wanted) {
                more += request.covers(family) ? 1 : 0;
            }
            PublishFlag.requireFew(standing(attachment, family) + more);
        }
    }

    private static int standing(Attachment attachment, IpFamily family) {
        int standing = 0;
        for (PluginEntry entry : attachment.entries()) {
            for (Trace trace : entry.traces()) {
                standing += trace instanceof PortsTrace ports ? of(family, ports) : 0;
            }
        }
        return standing;
    }

    private static int of(IpFamily family, PortsTrace ports) {
        int covering = 0;
        for (PortMapping mapping : ports.mappings()) {
            covering += mapping.covers(family) ? 1 : 0;
        }
        return covering;
    }
}
