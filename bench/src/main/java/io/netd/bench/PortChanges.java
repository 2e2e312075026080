package io.netd.bench;

import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.AttachmentId;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.engine.Engine;
import io.netd.engine.EngineBuilder;
import io.netd.engine.EngineSettings;
import io.netd.engine.event.Event;
import io.netd.engine.host.Backends;
import io.netd.engine.network.BridgeSettings;
import io.netd.engine.network.ContainerAttach;
import io.netd.engine.network.WantedAddresses;
import io.netd.firewall.Backend;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.plugins.bridge.BridgePlugin;
import io.netd.plugins.hostlocal.HostLocalPlugin;
import io.netd.plugins.portmap.PortmapPlugin;
import io.netd.portmap.PortRequest;
import io.netd.runtime.NetworkMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A daemon's engine on the host it is started on, with a container on docker0 and the ports of another one.
 * Publishes ports from 50000 (to 172.17.0.2:80) on, one by one, and takes them back: the books, the held socket, rules, journal and event.
 *
 * <p>usage: PortChanges iptables|nftables PRESENT WARM-UP FOLDER CONTAINER OTHER, the last two names of network namespaces
 */
public final class PortChanges {
    private static final AttachmentId CONTAINER = id("container");
    private static final AttachmentId OTHER = id("other");
    private static final int PORT = 50_000;
    private static final int FIRST_PORT = 10_000;
    private static final int TOGETHER = 500;

    private PortChanges() {}

    /** Serves until the end of its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[3]);
        AtomicReference<Event> last = new AtomicReference<>();
        try (Engine engine = engine(Framework.valueOf(arguments[0].toUpperCase()), folder)) {
            join(engine.start());
            engine.subscribe(last::set);
            attach(engine, CONTAINER, arguments[4]);
            attach(engine, OTHER, arguments[5]);
            fill(engine, Integer.parseInt(arguments[1]));
            Steps steps = new Steps(
                    thing -> join(engine.publish(CONTAINER, port(thing))),
                    thing -> join(engine.unpublish(CONTAINER, port(thing))));
            steps.warmUp(Integer.parseInt(arguments[2]));
            steps.serve();
        }
    }

    private static Engine engine(Framework usual, Path folder) {
        return new EngineBuilder(
                        EngineSettings.of(folder.resolve("run"), folder.resolve("data"), BridgeSettings.DEFAULT),
                        List.of(new BridgePlugin(), new HostLocalPlugin(), new PortmapPlugin()),
                        new Firewall(new HostFirewall(usual, Flavour.IPTABLES_NFT)))
                .open();
    }

    private static AttachmentId id(String container) {
        return new AttachmentId(new ContainerId(container), new InterfaceName("eth0"));
    }

    private static void attach(Engine engine, AttachmentId id, String namespace) {
        String name = id.containerId().value();
        join(engine.attach(new ContainerAttach(
                id.containerId(),
                name,
                new NetworkMode.Own("bridge"),
                "/run/netns/" + namespace,
                List.of(),
                WantedAddresses.NONE)));
    }

    /** No two of them beside one another, so that each has rules of its own. */
    private static void fill(Engine engine, int present) {
        List<PortRequest> some = new ArrayList<>();
        for (int i = 0; i < present; i++) {
            some.add(request(FIRST_PORT + i, FIRST_PORT + 2 * (present - i)));
            if (some.size() == TOGETHER || i == present - 1) {
                join(engine.publish(OTHER, some));
                some.clear();
            }
        }
    }

    /** No two of them lead to ports beside one another. */
    private static List<PortRequest> port(int thing) {
        return List.of(request(PORT + thing, 80 + 2 * thing));
    }

    private static PortRequest request(int hostPort, int containerPort) {
        return new PortRequest(List.of(), Optional.of(PortRange.of(hostPort)), containerPort, Protocol.TCP);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** As the daemon reaches it. */
    private record Firewall(HostFirewall host) implements Backends {
        @Override
        public Backend open(Framework framework, NetworkNamespace namespace) {
            return host.open(framework, namespace);
        }

        @Override
        public Framework usual() {
            return host.usual();
        }
    }
}
