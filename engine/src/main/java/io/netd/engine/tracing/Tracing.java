package io.netd.engine.tracing;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.netlink.NetlinkException;
import io.netd.plugins.spi.trace.VethTrace;
import io.netd.trace.Guest;
import io.netd.trace.NoRouteException;
import io.netd.trace.Origin;
import io.netd.trace.PacketTrace;
import io.netd.trace.TraceRequest;
import io.netd.trace.Tracer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Has packets traced between containers, this host and others, called by their names or addresses. */
public final class Tracing {
    private final List<Attachment> attachments;
    private final OpenHost host;

    /** Among these attachments of {@code host}. */
    public Tracing(List<Attachment> attachments, OpenHost host) {
        this.attachments = List.copyOf(attachments);
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
                            .orElseGet(() -> new Origin.FromGuest(guest(named(text)), Optional.empty())))
                    .orElseGet(() -> new Origin.ThisHost(Optional.empty()));
            return new Tracer(host.namespace(), this::guestAt)
                    .trace(new TraceRequest(origin, destination, question.port(), question.protocol()));
        } catch (NetlinkException | NoRouteException e) {
            throw new TracingException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TracingException("interrupted", e);
        }
    }

    private IpAddress destination(String text, Optional<IpFamily> family) {
        return IpAddress.read(text)
                .orElseGet(() -> addresses(named(text)).stream()
                        .filter(found -> found.family() == family.orElse(found.family()))
                        .findFirst()
                        .orElseThrow(() -> new TracingException("container " + text + " has no "
                                + family.map(Tracing::name).orElse("") + "address")));
    }

    private static String name(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4 " : "IPv6 ";
    }

    private Origin origin(IpAddress source) {
        Optional<Guest> guest = guestAt(source);
        if (guest.isPresent()) {
            return new Origin.FromGuest(guest.get(), Optional.of(source));
        }
        return isOwn(source) ? new Origin.ThisHost(Optional.of(source)) : new Origin.Elsewhere(source);
    }

    private boolean isOwn(IpAddress address) {
        try {
            return host.route().routes().lookup(address).isLocal();
        } catch (NetlinkException e) {
            throw new NoRouteException("this host", address, e);
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

    private Optional<Guest> guestAt(IpAddress address) {
        return attachments.stream()
                .filter(attachment -> addresses(attachment).contains(address))
                .findFirst()
                .map(Tracing::guest);
    }

    private static List<IpAddress> addresses(Attachment attachment) {
        return attachment.result().addresses().stream()
                .map(given -> given.address())
                .map(IpPrefix::address)
                .toList();
    }

    private static Guest guest(Attachment attachment) {
        return new Guest(
                attachment.origin().label(),
                Path.of(attachment.netns()),
                attachment.traces(VethTrace.class).map(VethTrace::hostName).findFirst());
    }
}
