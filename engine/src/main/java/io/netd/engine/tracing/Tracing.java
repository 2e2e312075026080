package io.netd.engine.tracing;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.netlink.NetlinkException;
import io.netd.trace.Guest;
import io.netd.trace.Origin;
import io.netd.trace.PacketTrace;
import io.netd.trace.TraceRequest;
import io.netd.trace.Tracer;
import java.util.List;
import java.util.Optional;

/** Has packets traced between containers, this host and others, called by their names or addresses. */
public final class Tracing {
    private final List<Attachment> attachments;
    private final Attached guests;
    private final OpenHost host;

    /** Among these attachments of {@code host}. */
    public Tracing(List<Attachment> attachments, OpenHost host) {
        this.attachments = List.copyOf(attachments);
        this.guests = new Attached(this.attachments);
        this.host = host;
    }

    /**
     * Takes up to some seconds, on the calling worker.
     *
     * @throws TracingException when a name means nothing, no such packet can be, or the kernel cannot trace
     */
    public PacketTrace trace(TraceQuestion question) {
        try {
            Optional<IpAddress> source = question.source().flatMap(IpAddress::read);
            IpAddress destination = destination(question.destination(), source.map(IpAddress::family));
            if (source.filter(from -> from.family() != destination.family()).isPresent()) {
                throw new TracingException(
                        source.get() + " and " + destination + " are addresses of different families");
            }
            Origin origin = question.source()
                    .map(text -> source.map(this::origin)
                            .orElseGet(() -> new Origin.FromGuest(Attached.guest(named(text)), Optional.empty())))
                    .orElseGet(() -> new Origin.ThisHost(Optional.empty()));
            return new Tracer(host.namespace(), guests)
                    .trace(new TraceRequest(origin, destination, question.port(), question.protocol()));
        } catch (NetlinkException e) {
            throw new TracingException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TracingException("interrupted", e);
        }
    }

    private IpAddress destination(String text, Optional<IpFamily> family) {
        return IpAddress.read(text)
                .orElseGet(() -> Attached.addresses(named(text)).stream()
                        .map(IpPrefix::address)
                        .filter(found -> found.family() == family.orElse(found.family()))
                        .findFirst()
                        .orElseThrow(() -> new TracingException("container " + text + " has no "
                                + family.map(Tracing::name).orElse("") + "address")));
    }

    private static String name(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4 " : "IPv6 ";
    }

    private Origin origin(IpAddress source) {
        Optional<Guest> guest = guests.at(source);
        if (guest.isPresent()) {
            return new Origin.FromGuest(guest.get(), Optional.of(source));
        }
        return isOwn(source) ? new Origin.ThisHost(Optional.of(source)) : new Origin.Elsewhere(source);
    }

    /** An address that this host has no route to is another host's. */
    private boolean isOwn(IpAddress address) {
        try {
            return host.route().routes().lookup(address).isLocal();
        } catch (NetlinkException e) {
            return false;
        }
    }

    private Attachment named(String text) {
        List<Attachment> found = attachments.stream()
                .filter(attachment -> attachment.origin().label().equals(text)
                        || attachment.container().value().startsWith(text))
                .toList();
        return found.stream()
                .filter(attachment -> attachment.origin().label().equals(text))
                .findFirst()
                .or(() -> found.stream().findFirst().filter(only -> found.size() == 1))
                .orElseThrow(() -> new TracingException(
                        found.isEmpty()
                                ? "no container with a network of its own is called " + text
                                : "more than one container's id begins with " + text));
    }
}
