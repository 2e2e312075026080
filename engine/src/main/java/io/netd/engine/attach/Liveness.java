package io.netd.engine.attach;

import io.netd.engine.host.OpenHost;
import io.netd.engine.journal.Attachment;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.LinuxException;
import io.netd.plugins.spi.trace.VethTrace;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Whether attachments' namespaces live, on our own host. A path that leads nowhere is not enough: it
 * may be one of another mount namespace. A veth pair dies with either end's namespace.
 */
final class Liveness {
    private final OpenHost host;

    Liveness(OpenHost host) {
        this.host = host;
    }

    /** Whether the container's namespace has gone, so that nobody can miss the attachment. */
    boolean isDead(Attachment attachment) {
        return !isAtPath(attachment) && attachment.traces(VethTrace.class).noneMatch(this::isThere);
    }

    private boolean isThere(VethTrace veth) {
        return host.route()
                .links()
                .byName(veth.hostName())
                .flatMap(link -> link.mac())
                .filter(veth.hostMac()::equals)
                .isPresent();
    }

    private static boolean isAtPath(Attachment attachment) {
        try (NetworkNamespace found = NetworkNamespace.open(Path.of(attachment.netns()))) {
            return attachment.namespace().map(found.id()::equals).orElse(true);
        } catch (LinuxException | UncheckedIOException e) {
            return false;
        }
    }
}
