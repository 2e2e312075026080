package io.netd.engine;

import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.Origin;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.trace.VethTrace;
import io.netd.portmap.PortMapping;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An attachment as it is shown.
 *
 * @param container the container's id
 * @param origin who asked for it, and what the container is called
 * @param ifName the container's interface
 * @param networks the networks of its plugins, in order
 * @param plugins the plugins, in order
 * @param netns path of the container's namespace
 * @param bridge the bridge it is on
 * @param hostInterface the host end of its veth pair
 * @param mac the container's hardware address
 * @param addresses the container's addresses with prefix lengths
 * @param ports what is published of it
 * @param since when it began
 * @param result what the chain answered
 */
public record AttachmentView(
        String container,
        Origin origin,
        String ifName,
        List<String> networks,
        List<String> plugins,
        String netns,
        Optional<String> bridge,
        Optional<String> hostInterface,
        Optional<MacAddress> mac,
        List<IpPrefix> addresses,
        List<PortMapping> ports,
        Instant since,
        CniResult result) {

    /** Shows one. */
    static AttachmentView of(Attachment attachment) {
        CniResult result = attachment.result();
        return new AttachmentView(
                attachment.container().value(),
                attachment.origin(),
                attachment.ifName().value(),
                attachment.entries().stream()
                        .map(entry -> entry.network().value())
                        .distinct()
                        .toList(),
                attachment.entries().stream().map(PluginEntry::type).toList(),
                attachment.netns(),
                attachment.bridge(),
                attachment.traces(VethTrace.class).map(VethTrace::hostName).findFirst(),
                mac(attachment, result),
                result.addresses().stream().map(given -> given.address()).toList(),
                attachment.ports(),
                attachment.since(),
                result);
    }

    private static Optional<MacAddress> mac(Attachment attachment, CniResult result) {
        return result.interfaces().stream()
                .filter(link -> link.sandbox().isPresent()
                        && link.name().equals(attachment.ifName().value()))
                .findFirst()
                .flatMap(CniInterface::mac);
    }
}
