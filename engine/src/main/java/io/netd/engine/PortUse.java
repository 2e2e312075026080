package io.netd.engine;

import io.netd.address.Protocol;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortReservations;
import io.netd.portmap.PortUser;
import java.util.List;

/**
 * Who has a port of a host.
 *
 * @param published what leads to containers
 * @param processes who has bound it, besides netd
 */
public record PortUse(List<Published> published, List<PortUser> processes) {
    /** Keeps copies. */
    public PortUse {
        published = List.copyOf(published);
        processes = List.copyOf(processes);
    }

    static PortUse of(PortReservations ports, List<AttachmentView> attachments, Protocol protocol, int port) {
        List<Published> published = attachments.stream()
                .flatMap(view -> view.ports().stream()
                        .filter(mapping -> mapping.protocol() == protocol && mapping.hostPort() == port)
                        .map(mapping -> new Published(view, mapping)))
                .toList();
        long self = ProcessHandle.current().pid();
        List<PortUser> processes = ports.users(protocol, port).stream()
                .filter(user -> user.pid() != self)
                .toList();
        return new PortUse(published, processes);
    }

    /** A port that leads to a container. */
    public record Published(AttachmentView attachment, PortMapping mapping) {}
}
