package io.netd.engine.attach;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.engine.journal.Attachment;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of an attachment's published ports somebody means. */
final class PortSelection {
    private PortSelection() {}

    /**
     * Every port that fits one of the requests, in the order of those.
     *
     * @throws CniException code 7 naming the request that none fits
     */
    static Set<PortMapping> matching(Attachment attachment, List<PortRequest> which) {
        List<PortMapping> published = attachment
                .traces(PortsTrace.class)
                .flatMap(ports -> ports.mappings().stream())
                .toList();
        Set<PortMapping> all = new LinkedHashSet<>();
        for (PortRequest request : which) {
            List<PortMapping> meant =
                    published.stream().filter(request::isMetBy).toList();
            if (meant.isEmpty()) {
                throw new CniException(
                        ErrorCode.INVALID_CONFIG,
                        "port " + request + " is not published for "
                                + attachment.origin().label());
            }
            all.addAll(meant);
        }
        return all;
    }

    /** What of them was published with what: ports may have come at several times. */
    static Map<PortsTrace, List<PortMapping>> parts(Attachment attachment, Set<PortMapping> ports) {
        Map<PortsTrace, List<PortMapping>> parts = new LinkedHashMap<>();
        attachment.traces(PortsTrace.class).forEach(trace -> {
            List<PortMapping> here =
                    trace.mappings().stream().filter(ports::contains).toList();
            if (!here.isEmpty()) {
                parts.put(trace, here);
            }
        });
        return parts;
    }
}
