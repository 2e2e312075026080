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
import io.netd.firewall.host.HostFirewall;
import io.netd.linux.proc.Program;
import io.netd.plugins.spi.CallingProgram;
import io.netd.plugins.spi.JoinTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The engine as it is shipped on this throw-away host, with a namespace {@code pod} and another one {@code other}. */
final class SteppedHost implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JOURNAL = Path.of("/run/steps/netd/attachments");
    private static final String SET = """
            sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
            for name in pod other; do ip netns add $name; ip -n $name link set lo up; done; ip -n pod link set lo down
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
                    + " rm -rf /run/steps /run/steps.look; nft flush ruleset";

    /** Not what is only remembered: the place in the round of addresses, and locks. */
    private static final String LOOK = """
            cat >/run/steps.look <<'END'
            { ip -d -o link; ip -o address; ip route show table all; ip -6 route show table all; } |
                sed -E '/fe80|ff00/d; s/^[0-9]+: //; s/@if[0-9]+//; s/ state [A-Z]+//; s/[a-z_]*_timer +[0-9.]+//g; s/(valid|preferred)_lft [^ ]+//g; s/tentative|linkdown|NO-CARRIER,|,LOWER_UP|,M-DOWN//g; s/ +/ /g' | sort
            tc qdisc; nft -s list ruleset; ss -Hltun; cd /proc/sys/net
            grep -s . core/somaxconn ipv4/ip_forward ipv?/conf/*/{forwarding,route_localnet,arp_filter,arp_notify,accept_dad,accept_ra,disable_ipv6}
            END
            for in in pod other; do nsenter --net=/run/netns/$in bash /run/steps.look; done; bash /run/steps.look
            find /run/steps -xdev -type f | grep -vE '/(lock|journal.lock|last_reserved_ip[^/]*)$' | sort
            cat /run/steps/netd/attachments/*/*
            """;

    private final Engine engine;
    private final Map<String, CniResult> previous = new HashMap<>();
    private int tracesBefore;

    private SteppedHost(Engine engine) {
        this.engine = engine;
    }

    static SteppedHost open() {
        sh(SET);
        Engine engine = EngineParts.open(
                ConfigSources.read(Map.of(Option.EXEC_ROOT, List.of("/run/steps/netd")), Optional.empty()),
                HostFirewall.detect(Optional.empty()),
                name -> Optional.of(new JoinTarget("other", "other", "running", Optional.of("/run/netns/other"))));
        return new SteppedHost(engine);
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

    /** A network's bridge stays when its last container goes, as with the reference plugin. */
    void sweep(StepCase which) {
        if (which.before().isEmpty()) {
            sh("ip link del steps0");
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

    /** Everything that a plugin may change, by other programs' eyes. */
    List<String> look() {
        return sh(LOOK).lines().toList();
    }

    /** How many things of the plugin the journal still knows. */
    int tracesLeft() {
        return traces() - tracesBefore;
    }

    private static int traces() {
        int count = 0;
        for (String file : sh("find " + JOURNAL + " -type f").lines().toList()) {
            try (MappingIterator<JsonNode> steps =
                    JSON.readerFor(JsonNode.class).readValues(Path.of(file).toFile())) {
                for (JsonNode entry : steps.next().at("/attachment/entries")) {
                    count += entry.at("/traces").size();
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
        sh(STRIKE);
    }
}
