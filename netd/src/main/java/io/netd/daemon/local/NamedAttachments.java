package io.netd.daemon.local;

import io.netd.cni.CniRoute;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.netctl.api.NetdException;
import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerView;
import io.netd.runtime.Containers;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the containers that somebody names are connected: netd's own, and those of other runtimes. */
final class NamedAttachments {
    private final Engine engine;
    private final Containers containers;

    /** Of a host's containers. */
    NamedAttachments(Engine engine, Containers containers) {
        this.engine = engine;
        this.containers = containers;
    }

    /**
     * All attachments of one container, oldest first; none of a container of netd's own that does not run.
     *
     * @param nameOrId its name, its id or the beginning of that
     */
    List<AttachmentView> find(String nameOrId) {
        try {
            return engine.attachment(containers.find(nameOrId).id()).stream().toList();
        } catch (ContainerException e) {
            List<AttachmentView> named = others(nameOrId);
            long different =
                    named.stream().map(AttachmentView::container).distinct().count();
            if (different > 1) {
                throw new NetdException(
                        NetdException.Kind.INVALID, "multiple IDs found with provided prefix: " + nameOrId);
            }
            if (named.isEmpty()) {
                throw e;
            }
            return named;
        }
    }

    /** Of containers that another runtime runs, and has connected by plugins or over the bus. */
    private List<AttachmentView> others(String nameOrId) {
        Set<String> known = containers.list().stream().map(ContainerView::id).collect(Collectors.toSet());
        List<AttachmentView> all = engine.attachments().stream()
                .filter(attachment -> !known.contains(attachment.container()))
                .toList();
        List<AttachmentView> whole = all.stream()
                .filter(attachment -> attachment.container().equals(nameOrId)
                        || attachment.origin().label().equals(nameOrId))
                .toList();
        return !whole.isEmpty() || nameOrId.isEmpty()
                ? whole
                : all.stream()
                        .filter(attachment -> attachment.container().startsWith(nameOrId))
                        .toList();
    }

    /**
     * Where a container is reached from elsewhere, as with Docker by the network that its answers leave by: the one with
     * default routes, of most families; else the oldest.
     */
    static Optional<AttachmentView> wayIn(Collection<AttachmentView> attachments) {
        return attachments.stream()
                .min(Comparator.comparing(NamedAttachments::defaultRoutes, Comparator.reverseOrder()));
    }

    private static long defaultRoutes(AttachmentView attachment) {
        return attachment.result().routes().stream()
                .map(CniRoute::destination)
                .filter(destination -> destination.length() == 0)
                .map(destination -> destination.family())
                .distinct()
                .count();
    }
}
