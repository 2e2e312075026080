package io.netd.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.DaemonConfig;
import io.netd.daemon.config.Option;
import io.netd.daemon.door.PluginAnswer;
import io.netd.daemon.door.PluginCall;
import io.netd.daemon.frame.Call;
import io.netd.daemon.fuzz.PluginInput;
import io.netd.daemon.fuzz.Scene;
import io.netd.daemon.plugin.EngineVerbs;
import io.netd.daemon.plugin.PluginService;
import io.netd.engine.Engine;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.netlink.route.Links;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.Containers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The plugins' door with the engine behind it, on this throw-away host, for callers whose root directory is an empty one:
 * whatever path they name, nothing of the machine's is below it.
 */
final class FuzzedHost implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final String ROOT = """
            mkdir -p /run/callers/run/netns /run/callers/etc /run/callers/proc && echo nameserver 10.0.0.53 >/run/callers/etc/resolv.conf
            mount --rbind /run/netns /run/callers/run/netns; mount --rbind /proc /run/callers/proc
            """;

    /** Times, counters and indices come and go; that a lease was the last one is remembered on purpose. */
    private static final String LOOK = """
            for in in "ip" "ip -n bare" "ip -n wired"; do
                printf 'link\\naddress\\n' | $in -o -b - | sed -E '
                    s/^[0-9]+: //; s/@if[0-9]+//; s/(qlen|state|qdisc) [^ ]+//g
                    s/tentative//; /inet6 fe80/d; s/(valid|preferred)_lft [^ ]+//g; s/ +/ /g'
                for family in -4 -6; do printf 'route show table all\\nrule\\n' | $in $family -o -b -; done |
                    sed -E 's/linkdown//; /fe80|ff00/d'
            done
            nft -s list ruleset; for in in bare wired; do ip netns exec $in nft -s list ruleset; done
            grep -r '' --include=forwarding --include=route_localnet --include=ip_forward /proc/sys/net/ipv4 /proc/sys/net/ipv6
            find /run/callers /run/netd -xdev -type f | grep -vE '/(lock|last_reserved_ip[^/]*)$'
            """;

    private final NetworkNamespace own = NetworkNamespace.current();
    private final RouteSocket route = RouteSocket.open();
    private final Engine engine;
    private final PluginService service;
    private final Fd root;

    private FuzzedHost(Engine engine, Fd root) {
        this.engine = engine;
        this.root = root;
        this.service = new PluginService(new EngineVerbs(engine));
    }

    static FuzzedHost open() {
        sh(Scene.SET);
        sh(ROOT);
        DaemonConfig config = ConfigSources.read(Map.of(Option.EXEC_ROOT, List.of("/run/netd")), Optional.empty());
        Engine engine = EngineParts.open(config, HostFirewall.detect(config.framework()), Containers.NONE);
        engine.start().toCompletableFuture().join();
        return new FuzzedHost(
                engine,
                Fd.open(Path.of("/run/callers"), Constants.O_PATH | Constants.O_DIRECTORY | Constants.O_CLOEXEC));
    }

    /** The answer to a call, as a client that holds the line would get it. */
    PluginAnswer call(PluginInput input) throws Exception {
        Optional<Fd> namespace = Optional.empty();
        int number;
        try {
            namespace = Optional.of(Fd.open(
                    Path.of(input.text("CNI_NETNS")), Constants.O_RDONLY | Constants.O_NONBLOCK | Constants.O_CLOEXEC));
            number = namespace.get().number();
        } catch (LinuxException e) {
            number = -e.errno().number();
        } catch (InvalidPathException e) {
            number = -2;
        }
        try {
            PluginCall call = new PluginCall(
                    Call.decode(frame(input, number)),
                    OptionalInt.of((int) ProcessHandle.current().pid()),
                    input.stdin(),
                    () -> true);
            return service.begin(call).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            namespace.ifPresent(Fd::close);
        }
    }

    private byte[] frame(PluginInput input, int namespace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        field(out, 1, input.plugin().getBytes(UTF_8));
        for (Map.Entry<String, byte[]> variable : input.environment().entrySet()) {
            byte[] name = (variable.getKey() + "=").getBytes(UTF_8);
            out.writeByte(3);
            out.writeInt(name.length + variable.getValue().length);
            out.write(name);
            out.write(variable.getValue());
        }
        if (!input.text("CNI_NETNS").isEmpty()) {
            descriptor(out, 1, namespace);
        }
        descriptor(out, 2, own.fd().number());
        descriptor(out, 3, root.number());
        out.writeByte(8);
        out.writeInt(16);
        out.writeLong(0);
        out.writeLong(own.id().inode());
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, int tag, byte[] value) throws IOException {
        out.writeByte(tag);
        out.writeInt(value.length);
        out.write(value);
    }

    private static void descriptor(DataOutputStream out, int kind, int number) throws IOException {
        out.writeByte(5);
        out.writeInt(5);
        out.writeByte(kind);
        out.writeInt(number);
    }

    /** A DEL takes away the interface that it names, whoever made that, as with the reference plugins. */
    void rewire() {
        if (!links().contains("wire")) {
            sh(Scene.WIRE);
        }
    }

    /** A network's bridge stays when its last container goes, as with the reference plugin. */
    void removeBridgesBut(Set<String> names) {
        Links links = route.links();
        links().stream()
                .filter(name -> !names.contains(name))
                .flatMap(name -> links.byName(name).stream())
                .filter(link -> link.kind().equals("bridge"))
                .forEach(bridge -> links.delete(bridge.index()));
    }

    int attachments() {
        return engine.attachments().size();
    }

    /** Names of this host's links, in a few microseconds. */
    Set<String> links() {
        try {
            return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                    .skip(2)
                    .map(line -> line.substring(0, line.indexOf(':')).strip())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a plugin may change here, by other programs' eyes. */
    List<String> look() {
        return sh(LOOK).lines().toList();
    }

    int descriptors() {
        String[] open = Path.of("/proc/self/fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    static String sh(String script) {
        return Program.of("sh", "-c", script).run().out();
    }

    @Override
    public void close() {
        engine.close();
        root.close();
        route.close();
        own.close();
        sh("umount -l /run/callers/run/netns /run/callers/proc; ip link del docker0");
        sh(Scene.STRIKE);
    }
}
