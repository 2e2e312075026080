package io.netd.engine.attach;

import io.netd.address.IpFamily;
import io.netd.engine.journal.Attachment;
import io.netd.plugins.spi.trace.PortsTrace;
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
            long standing = attachment
                    .traces(PortsTrace.class)
                    .flatMap(ports -> ports.mappings().stream())
                    .filter(mapping -> mapping.covers(family))
                    .count();
            long more =
                    wanted.stream().filter(request -> request.covers(family)).count();
            PublishFlag.requireFew(Math.toIntExact(standing + more));
        }
    }
}
