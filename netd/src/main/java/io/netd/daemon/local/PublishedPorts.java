package io.netd.daemon.local;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.engine.AttachmentView;
import io.netd.engine.Engine;
import io.netd.engine.PortUse;
import io.netd.engine.journal.CallingRuntime;
import io.netd.engine.journal.Origin;
import io.netd.firewall.host.HostFirewall;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.PortHolder;
import io.netd.netctl.api.PublishedPort;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PortUser;
import io.netd.portmap.PublishFlag;
import io.netd.runtime.ContainerException;
import io.netd.runtime.Containers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ports that lead to containers of netd's own and to those of other runtimes, and who else has some. */
public final class PublishedPorts {
    private final Engine engine;
    private final NamedAttachments named;
    private final HostFirewall firewall;

    /** Of a host's containers. */
    public PublishedPorts(Engine engine, Containers containers, HostFirewall firewall) {
        this.engine = engine;
        this.named = new NamedAttachments(engine, containers);
        this.firewall = firewall;
    }

    List<PublishedPort> of(String nameOrId) {
        return named.find(nameOrId).stream()
                .flatMap(attachment -> LocalNetworks.ports(attachment).stream())
                .toList();
    }

    /** Publishes what the flags say; blocks. */
    public List<PublishedPort> publish(String nameOrId, List<String> flags) {
        List<PortRequest> wanted = PublishFlag.parseAll(flags);
        AttachmentView attachment = NamedAttachments.wayIn(attached(nameOrId)).orElseThrow();
        return shown(Patience.await(engine.publish(id(attachment), wanted).toCompletableFuture()));
    }

    /**
     * What of the flags leads nowhere, and whose rules keep others from what is published, a sentence each; nothing of a
     * container that is not connected any more.
     */
    List<String> leadingNowhere(String nameOrId, List<String> flags) {
        try {
            // With host and none networking it has no addresses of its own, and all ports are discarded.
            return NamedAttachments.wayIn(named.find(nameOrId)).stream()
                    .filter(attachment -> !attachment.addresses().isEmpty())
                    .flatMap(attachment -> Stream.concat(
                            leadingNowhere(attachment, flags), new Unreachable(firewall, attachment).sentences()))
                    .toList();
        } catch (ContainerException e) {
            return List.of();
        }
    }

    private Stream<String> leadingNowhere(AttachmentView attachment, List<String> flags) {
        Set<IpFamily> families =
                attachment.addresses().stream().map(IpPrefix::family).collect(Collectors.toSet());
        return engine.placed(id(attachment), PublishFlag.parseAll(flags)).stream()
                .flatMap(request -> request
                        .leadingNowhere(families, true, attachment.origin().label())
                        .stream());
    }

    /** Takes back what the flags say; blocks. */
    public List<PublishedPort> unpublish(String nameOrId, List<String> flags) {
        Map<AttachmentView, List<PortRequest>> parts = parts(attached(nameOrId), PublishFlag.parseAll(flags));
        List<PublishedPort> gone = new ArrayList<>();
        parts.forEach((attachment, which) -> gone.addAll(
                shown(Patience.await(engine.unpublish(id(attachment), which).toCompletableFuture()))));
        return gone;
    }

    /** What each attachment is to take back. What none has is asked of the first, which refuses it before others begin. */
    private static Map<AttachmentView, List<PortRequest>> parts(
            List<AttachmentView> attachments, List<PortRequest> which) {
        Map<AttachmentView, List<PortRequest>> parts = new LinkedHashMap<>();
        attachments.forEach(attachment -> parts.put(attachment, new ArrayList<>()));
        for (PortRequest request : which) {
            List<AttachmentView> having = attachments.stream()
                    .filter(attachment -> attachment.ports().stream().anyMatch(request::isMetBy))
                    .toList();
            (having.isEmpty() ? attachments.subList(0, 1) : having)
                    .forEach(attachment -> parts.get(attachment).add(request));
        }
        parts.values().removeIf(List::isEmpty);
        return parts;
    }

    List<PortHolder> holders(int port, Optional<String> protocol) {
        List<Protocol> protocols =
                protocol.map(name -> List.of(Protocol.parse(name))).orElse(List.of(Protocol.values()));
        List<PortHolder> holders = new ArrayList<>();
        for (Protocol one : protocols) {
            PortUse use = engine.portUse(one, port);
            use.published().forEach(published -> holders.add(holder(published)));
            use.processes().forEach(user -> holders.add(holder(user, one, port)));
        }
        return holders;
    }

    private static PortHolder holder(PortUse.Published published) {
        PublishedPort port = LocalNetworks.port(published.mapping());
        AttachmentView attachment = published.attachment();
        Origin origin = attachment.origin();
        return new PortHolder(
                origin.maker().equals(Origin.NETD) ? "container" : "attachment",
                port.hostIp(),
                port.hostPort(),
                port.protocol(),
                port.containerPort(),
                attachment.container(),
                origin.label(),
                origin.runtime().map(CallingRuntime::program).orElse(""),
                0,
                "");
    }

    private static PortHolder holder(PortUser user, Protocol protocol, int port) {
        return new PortHolder(
                "process", "", port, protocol.toString(), 0, "", user.command(), "", user.pid(), cgroup(user.pid()));
    }

    /** Of a line {@code hierarchy:controllers:path}; that of version 2 has hierarchy 0 and stands last. */
    private static String cgroup(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/cgroup"))) {
            return lines.reduce((first, last) -> last)
                    .map(line -> line.substring(line.lastIndexOf(':') + 1))
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static List<PublishedPort> shown(List<PortMapping> mappings) {
        return mappings.stream().map(LocalNetworks::port).toList();
    }

    private static AttachmentId id(AttachmentView attachment) {
        return AttachmentId.of(attachment.container(), attachment.ifName());
    }

    private List<AttachmentView> attached(String nameOrId) {
        List<AttachmentView> found = named.find(nameOrId);
        if (found.isEmpty()) {
            throw new NetdException(
                    NetdException.Kind.CONFLICT, "container " + nameOrId + " is not connected: it does not run");
        }
        return found;
    }
}
