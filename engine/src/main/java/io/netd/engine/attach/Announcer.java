package io.netd.engine.attach;

import io.netd.engine.event.Addresses;
import io.netd.engine.event.AttachmentChange;
import io.netd.engine.event.Events;
import io.netd.engine.event.LeaseChange;
import io.netd.engine.event.PortChange;
import io.netd.engine.journal.Attachment;
import io.netd.engine.journal.PluginEntry;
import io.netd.plugins.spi.program.AddressProgramTrace;
import io.netd.plugins.spi.trace.LeaseTrace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.portmap.PortMapping;
import java.util.List;

/** Says what became of attachments, once the journal has it. */
final class Announcer {
    private static final int VERSION = 1;

    private final Events events;

    Announcer(Events events) {
        this.events = events;
    }

    /** A plugin's part is there. */
    void added(Attachment attachment, PluginEntry entry) {
        leases(Addresses.LEASE_GRANTED, attachment, entry);
        ports(Addresses.PORT_PUBLISHED, attachment, entry);
        change(Addresses.ATTACHMENT_ADDED, attachment, entry, "");
    }

    /** A plugin's part is gone. */
    void removed(Attachment attachment, PluginEntry entry, String reason) {
        ports(Addresses.PORT_UNPUBLISHED, attachment, entry);
        leases(Addresses.LEASE_RELEASED, attachment, entry);
        change(Addresses.ATTACHMENT_REMOVED, attachment, entry, reason);
    }

    /** What was asked has failed. */
    void failed(Order order, Throwable failure) {
        announce(
                Addresses.ATTACHMENT_FAILED,
                order.id().toString(),
                new AttachmentChange(
                        VERSION,
                        order.id().containerId().value(),
                        order.label(),
                        order.id().ifName().value(),
                        order.chain().get(0).name().value(),
                        order.chain().get(0).type(),
                        order.maker(),
                        List.of(),
                        String.valueOf(failure.getMessage())));
    }

    private void change(String address, Attachment attachment, PluginEntry entry, String reason) {
        announce(
                address,
                attachment.key().toString(),
                new AttachmentChange(
                        VERSION,
                        attachment.container().value(),
                        attachment.origin().label(),
                        attachment.ifName().value(),
                        entry.network().value(),
                        entry.type(),
                        attachment.origin().maker(),
                        addresses(entry),
                        reason));
    }

    private void ports(String address, Attachment attachment, PluginEntry entry) {
        for (PortsTrace trace : PortsTrace.latest(entry.traces().stream())) {
            ports(address, attachment, trace.mappings());
        }
    }

    /** Ports of an attachment came or went by themselves. */
    void ports(String address, Attachment attachment, List<PortMapping> mappings) {
        mappings.forEach(mapping -> port(address, attachment, mapping));
    }

    private void port(String address, Attachment attachment, PortMapping mapping) {
        String hostIp = mapping.hostIp().map(Object::toString).orElse("0.0.0.0");
        announce(
                address,
                mapping.hostSide(),
                new PortChange(
                        VERSION,
                        attachment.container().value(),
                        attachment.origin().label(),
                        hostIp,
                        mapping.hostPort(),
                        mapping.containerPort(),
                        mapping.protocol().toString()));
    }

    private void leases(String address, Attachment attachment, PluginEntry entry) {
        boolean isLeased = entry.traces().stream()
                .anyMatch(trace -> trace instanceof LeaseTrace || trace instanceof AddressProgramTrace);
        if (!isLeased) {
            return;
        }
        for (String leased : addresses(entry)) {
            announce(
                    address,
                    leased,
                    new LeaseChange(
                            VERSION,
                            entry.network().value(),
                            attachment.container().value(),
                            attachment.ifName().value(),
                            leased));
        }
    }

    private static List<String> addresses(PluginEntry entry) {
        return entry.result().addresses().stream()
                .map(given -> given.address().toString())
                .toList();
    }

    private void announce(String address, String subject, Record payload) {
        events.announce(address, subject, payload);
    }
}
