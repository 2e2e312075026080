package io.netd.engine.tracing;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.engine.journal.Attachment;
import io.netd.plugins.spi.trace.VethTrace;
import io.netd.portmap.PortMapping;
import io.netd.trace.Guest;
import io.netd.trace.Guests;
import io.netd.trace.PublishedPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The containers of one host as a trace needs them. */
record Attached(List<Attachment> attachments) implements Guests {
    @Override
    public Optional<Guest> at(IpAddress address) {
        return attachments.stream()
                .filter(attachment -> addresses(attachment).stream()
                        .anyMatch(given -> given.address().equals(address)))
                .findFirst()
                .map(Attached::guest);
    }

    @Override
    public List<PublishedPort> publishing(int hostPort) {
        return attachments.stream()
                .flatMap(attachment -> attachment.ports().stream()
                        .filter(mapping -> mapping.hostPort() == hostPort)
                        .map(mapping -> published(attachment, mapping)))
                .toList();
    }

    private static PublishedPort published(Attachment attachment, PortMapping mapping) {
        return new PublishedPort(
                guest(attachment), mapping.hostIp(), mapping.protocol(), mapping.containerPort(), mapping.toString());
    }

    static Guest guest(Attachment attachment) {
        return new Guest(
                attachment.origin().label(),
                Path.of(attachment.netns()),
                attachment.traces(VethTrace.class).map(VethTrace::hostName).findFirst(),
                attachment.bridge(),
                addresses(attachment));
    }

    static List<IpPrefix> addresses(Attachment attachment) {
        return attachment.result().addresses().stream()
                .map(given -> given.address())
                .toList();
    }
}
