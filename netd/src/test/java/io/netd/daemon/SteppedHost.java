package io.netd.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.daemon.config.ConfigSources;
import io.netd.daemon.config.Option;
import io.netd.daemon.plugin.EngineVerbs;
import io.netd.daemon.plugin.PluginRequests;
import io.netd.engine.Engine;
import io.netd.engine.attach.Failures;
import io.netd.engine.event.TraceContext;
import io.netd.engine.host.Asker;
import io.netd.engine.host.HostRef;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.netlink.route.RouteSocket;
import io.netd.plugins.spi.CallingProgram;
import io.netd.plugins.spi.JoinTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The engine as it is shipped on this throw-away host, with a namespace {@code pod} and another one {@code other}. */
final class SteppedHost implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STATE = Path.of("/run/steps");
    private static final Path JOURNAL = STATE.resolve("netd/attachments");
    private static final String SET = """
            sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
            for name in pod other; do ip netns add $name; ip -n $name link set lo up; done; ip -n pod link set lo down
            # Who asks whether an address is taken gets the answer at once.
            ip netns exec pod sysctl -qw net.ipv6.conf.default.dad_transmits=0 net.ipv6.conf.default.router_solicitation_delay=0
            mkdir -p /run/steps/cni /run/steps/book /run/steps/netd
            cat >/run/steps/cni/book <<'END'
            #!/bin/sh
            held=/run/steps/book/$CNI_CONTAINERID
            case $CNI_COMMAND in
            ADD) echo >$held; echo '{"cniVersion":"1.0.0","ips":[{"address":"10.84.0.9/24","gateway":"10.84.0.1"}]}' ;;
            DEL) rm -f $held ;;
            esac
            END
            chmod 755 /run/steps/cni/book
            """;
    private static final String STRIKE =
            "ip netns del pod; ip netns del other; ip link del steps0; ip link del docker0;"
                    + " rm -rf /run/steps; nft flush ruleset";

    /** What other programs see; each of them costs more than all that netd does in a step. */
    private static final String LOOK = """
            printf 'link\\naddress\\nroute show table all\\n' | ip -d -o -b -
            nft -s list ruleset
            """;

    /** Traces that outlast others. */
    private static final Set<String> WAITING = Set.of("LocalnetTrace", "PortsTrace");

    private static final String QUEUES = "tc qdisc\n";
    private static final String LEGACY = "iptables-legacy-save; ip6tables-legacy-save\n";

    /** What a kernel says that changes by itself, or tells no more than that time has passed. */
    private static final List<Pattern> PASSING = Stream.of(
                    "^[0-9]+: ",
                    "@if[0-9]+",
                    " state [A-Z]+",
                    "[a-z_]*_timer +[0-9.]+",
                    "(valid|preferred)_lft [^ ]+",
                    "tentative|linkdown|NO-CARRIER,|,LOWER_UP|,M-DOWN",
                    "\\[[0-9]+:[0-9]+]$",
                    " +")
            .map(Pattern::compile)
            .toList();

    /** Not what is only remembered: the place in the round of addresses, and locks. */
    private static final Pattern REMEMBERED = Pattern.compile(".*/(lock|journal\\.lock|last_reserved_ip[^/]*)");

    private final Engine engine;
    private final String look;
    private final NetworkNamespace inside;
    private final RouteSocket route = RouteSocket.open();
    private final Map<String, CniResult> previous = new HashMap<>();
    private int tracesBefore;

    private SteppedHost(Engine engine, StepCase which) {
        this.engine = engine;
        String sandbox = which.config().contains("\"container\":") ? "other" : "pod";
        this.look = LOOK
                + (which.config().contains("\"bandwidth\"") ? QUEUES : "")
                + (which.flavour() == Flavour.IPTABLES_LEGACY ? LEGACY : "");
        this.inside = NetworkNamespace.open(Path.of("/run/netns", sandbox));
    }

    static SteppedHost open(StepCase which) {
        sh(SET);
        Engine engine = EngineParts.open(
                ConfigSources.read(Map.of(Option.EXEC_ROOT, List.of("/run/steps/netd")), Optional.empty()),
                new HostFirewall(Framework.IPTABLES, which.flavour()),
                name -> Optional.of(new JoinTarget("other", "other", "running", Optional.of("/run/netns/other"))));
        return new SteppedHost(engine, which);
    }

    /** Calls the plugins before, and the plugin once: what the first ADD of all makes and keeps is there then. */
    void prepare(StepCase which) {
        if (!which.before().isEmpty()) {
            previous.put(which.name(), call("ADD", which, which.before()).orElseThrow());
        }
        call("ADD", which, config(which));
        call("DEL", which, config(which));
        sweep(which);
        tracesBefore = traces();
    }

    /** What stands against the plugin's call. */
    Optional<CniException> failure(String command, StepCase which) {
        try {
            call(command, which, config(which));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Failures.of(e));
        }
    }

    /** What the plugin's container is attached to. */
    Engine engine() {
        return engine;
    }

    /** A network's bridge stays when its last container goes, as with the reference plugin. */
    void sweep(StepCase which) {
        if (which.before().isEmpty()) {
            route.links().byName("steps0").ifPresent(bridge -> route.links().delete(bridge.index()));
        }
    }

    private String config(StepCase which) {
        if (!previous.containsKey(which.name())) {
            return which.config();
        }
        try {
            byte[] result = PluginRequests.success(Optional.of(previous.get(which.name())), CniVersion.V1_0_0)
                    .output();
            ObjectNode config = (ObjectNode) JSON.readTree(which.config());
            config.set("prevResult", JSON.readTree(result));
            return config.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<CniResult> call(String command, StepCase which, String config) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CNI_COMMAND",
                command,
                "CNI_CONTAINERID",
                "pod",
                "CNI_NETNS",
                "/run/netns/pod",
                "CNI_IFNAME",
                which.config().contains("\"loopback\"") ? "lo" : "eth0",
                "CNI_PATH",
                "/run/steps/cni",
                "PATH",
                System.getenv("PATH")));
        environment.putAll(which.environment());
        CniRequest request = CniRequest.parse(environment, config.getBytes(StandardCharsets.UTF_8));
        Asker asker = new Asker(Optional::empty, TraceContext.NONE, new CallingProgram(environment, text -> {}));
        return new EngineVerbs(engine)
                .carryOut(HostRef.own().askedBy(asker), request)
                .toCompletableFuture()
                .join();
    }

    /** Everything that a plugin may change, by the eyes of other programs and the kernel's own words. */
    List<String> look() {
        List<String> lines = seen();
        lines.addAll(inside.call(this::seen));
        lines.addAll(files());
        return lines;
    }

    /** From the calling thread's network namespace. */
    private List<String> seen() {
        List<String> lines = new ArrayList<>(settled(sh(look)).toList());
        lines.addAll(KernelWords.here());
        return lines;
    }

    private static Stream<String> settled(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.contains("fe80") && !line.contains("ff00"))
                .map(line -> {
                    String settled = line;
                    for (Pattern passing : PASSING) {
                        settled = passing.matcher(settled).replaceAll(" ");
                    }
                    return settled;
                });
    }

    /** Names of files, and what the journal says. */
    private static List<String> files() {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(STATE)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                if (!REMEMBERED.matcher(file.toString()).matches()) {
                    lines.add(file.toString());
                }
                if (file.startsWith(JOURNAL)) {
                    Files.readAllLines(file).forEach(line -> lines.add("attachments: " + line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** How many things of the plugin the journal still knows, without those that only wait for another. */
    int tracesLeft() {
        return traces() - tracesBefore;
    }

    /** Whether that is a file of the journal, or a line of one. */
    static boolean isJournal(String change) {
        return change.contains("attachments");
    }

    private static List<Path> journal() {
        try (Stream<Path> tree = Files.walk(JOURNAL)) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int traces() {
        int count = 0;
        for (Path file : journal()) {
            try (MappingIterator<JsonNode> steps =
                    JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
                for (JsonNode entry : steps.next().at("/attachment/entries")) {
                    for (JsonNode trace : entry.at("/traces")) {
                        count += WAITING.contains(trace.at("/kind").asText()) ? 0 : 1;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }

    static List<String> changes(List<String> before, List<String> after) {
        List<String> gone = new ArrayList<>(before);
        List<String> come = new ArrayList<>(after);
        come.removeIf(gone::remove);
        return Stream.concat(gone.stream().map("gone: "::concat), come.stream().map("new: "::concat))
                .toList();
    }

    private static String sh(String script) {
        return Program.of("sh", "-c", script).run().out();
    }

    @Override
    public void close() {
        engine.close();
        route.close();
        inside.close();
        sh(STRIKE);
    }
}
