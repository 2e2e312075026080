package io.netd.daemon.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.netd.engine.AttachmentView;
import io.netd.netctl.api.CniSetup;
import io.netd.netctl.api.ContainerSummary;
import io.netd.netctl.api.DoctorCheck;
import io.netd.netctl.api.EventLine;
import io.netd.netctl.api.FirewallRule;
import io.netd.netctl.api.ImageSummary;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.NetworkSummary;
import io.netd.netctl.api.PortHolder;
import io.netd.netctl.api.PublishedPort;
import io.netd.netctl.api.Topology;
import io.netd.netctl.api.TraceReport;
import io.netd.netctl.api.TraceSpec;
import io.netd.netctl.api.VersionInfo;
import io.netd.runtime.ContainerView;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The commands' daemon, in the same process. */
public final class LocalNetd implements Netd {
    private final LocalParts parts;
    private final LocalContainers containers;
    private final LocalImages images;
    private final LocalNetworks networks;
    private final Information information;
    private final PublishedPorts ports;
    private final Diagnosis diagnosis;

    /** Over the daemon's parts. */
    public LocalNetd(LocalParts parts) {
        this.parts = parts;
        this.networks = new LocalNetworks(parts.engine());
        this.containers = new LocalContainers(parts.containers(), parts.images(), parts.traces(), networks);
        this.images = new LocalImages(parts.images());
        this.ports = new PublishedPorts(parts.engine(), parts.containers(), parts.firewall());
        this.diagnosis = new Diagnosis(parts);
        this.information = new Information(parts.config(), parts.firewall().toString());
    }

    @Override
    public String run(RunSpec spec) {
        return Answers.of(() -> containers.run(spec));
    }

    @Override
    public int runAttached(RunSpec spec, Consumer<String> created, Consumer<LogChunk> sink) {
        return Answers.of(() -> containers.runAttached(spec, created, id -> warn(id, spec, sink), sink));
    }

    private void warn(String id, RunSpec spec, Consumer<LogChunk> sink) {
        List<String> lines = spec.publishes() ? ports.leadingNowhere(id, spec.publish()) : List.of();
        for (String line : lines) {
            sink.accept(new LogChunk(true, ("WARNING: " + line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public List<ContainerSummary> containers(boolean all) {
        return Answers.of(() -> containers.list(all));
    }

    @Override
    public JsonNode inspectContainer(String nameOrId) {
        return Answers.of(() -> {
            ContainerView container = parts.containers().find(nameOrId);
            Optional<AttachmentView> attachment = parts.engine().attachment(container.id());
            return new ContainerDocument(container, networks.ports(container.id()), attachment.flatMap(this::endpoint))
                    .json();
        });
    }

    private Optional<ContainerDocument.Endpoint> endpoint(AttachmentView attachment) {
        return attachment.hostInterface().map(link -> ContainerDocument.Endpoint.of(attachment, link));
    }

    @Override
    public void stop(String nameOrId, Duration grace) {
        Answers.run(() -> containers.stop(nameOrId, grace));
    }

    @Override
    public void kill(String nameOrId, int signal) {
        Answers.run(() -> parts.containers().kill(nameOrId, signal));
    }

    @Override
    public void remove(String nameOrId, boolean force) {
        Answers.run(() -> containers.remove(nameOrId, force));
    }

    @Override
    public int waitFor(String nameOrId) {
        return Answers.of(() -> containers.waitFor(nameOrId));
    }

    @Override
    public void logs(String nameOrId, LogsSpec spec, Consumer<LogChunk> sink) {
        Answers.run(() -> containers.logs(nameOrId, spec, sink));
    }

    @Override
    public int exec(ExecSpec spec, InputStream in, Consumer<LogChunk> sink) {
        return Answers.of(() -> containers.exec(spec, in, sink));
    }

    @Override
    public List<PublishedPort> ports(String nameOrId) {
        return Answers.of(() -> ports.of(nameOrId));
    }

    @Override
    public List<PublishedPort> publish(String nameOrId, List<String> flags) {
        return Answers.of(() -> ports.publish(nameOrId, flags));
    }

    @Override
    public List<String> leadingNowhere(String nameOrId, List<String> flags) {
        return Answers.of(() -> ports.leadingNowhere(nameOrId, flags));
    }

    @Override
    public List<PublishedPort> unpublish(String nameOrId, List<String> flags) {
        return Answers.of(() -> ports.unpublish(nameOrId, flags));
    }

    @Override
    public List<PortHolder> portHolders(int port, Optional<String> protocol) {
        return Answers.of(() -> ports.holders(port, protocol));
    }

    @Override
    public String importImage(InputStream tar, Optional<String> reference, List<String> changes) {
        return Answers.of(() -> images.importTar(tar, reference, changes));
    }

    @Override
    public List<ImageSummary> images() {
        return Answers.of(images::list);
    }

    @Override
    public List<NetworkSummary> networks() {
        return Answers.of(networks::list);
    }

    @Override
    public JsonNode inspectNetwork(String nameOrId) {
        return Answers.of(() -> networks.inspect(nameOrId));
    }

    @Override
    public String createNetwork(NetworkSpec spec) {
        return Answers.of(() -> networks.create(spec));
    }

    @Override
    public void removeNetwork(String nameOrId) {
        Answers.run(() -> networks.remove(nameOrId));
    }

    @Override
    public Topology topology() {
        return Answers.of(() -> diagnosis.topology(containers.running()));
    }

    @Override
    public TraceReport trace(TraceSpec spec) {
        return Answers.of(() -> diagnosis.trace(spec));
    }

    @Override
    public void events(Map<String, Set<String>> filters, Consumer<EventLine> sink) {
        new EventListening(parts.events()).listen(filters, sink);
    }

    @Override
    public Map<String, Object> info() {
        return Answers.of(() -> information.info(
                parts.containers().list(),
                parts.images().list().size(),
                networks.list().stream().map(NetworkSummary::name).toList()));
    }

    @Override
    public VersionInfo version() {
        return information.version();
    }

    /** The daemon may see other folders than the client, and has more rights. */
    @Override
    public CniSetup cni() {
        throw new NetdException(
                NetdException.Kind.INVALID,
                "cni commands act where netctl runs, not where the daemon does: this netctl is older than they are");
    }

    @Override
    public List<DoctorCheck> doctor() {
        return diagnosis.doctor();
    }

    @Override
    public List<FirewallRule> firewall() {
        return Answers.of(diagnosis::firewall);
    }

    @Override
    public void uninstall(boolean force, Consumer<String> progress) {
        Answers.run(() -> {
            List<ContainerView> present = parts.containers().list();
            if (!present.isEmpty() && !force) {
                throw new NetdException(
                        NetdException.Kind.CONFLICT,
                        present.size() + " containers are there; remove them, or use --force");
            }
            for (ContainerView container : present) {
                parts.containers().remove(container.id(), true);
                progress.accept("container " + container.name());
            }
            parts.engine().uninstall(force).toCompletableFuture().join().forEach(progress);
            parts.leave().run();
        });
    }
}
