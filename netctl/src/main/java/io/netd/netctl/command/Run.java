package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.output.HumanSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl run}. */
@Command(
        name = "run",
        customSynopsis = "IMAGE [COMMAND] [ARG...]",
        description = "Create and run a new container from an image")
final class Run implements NetctlCommand {
    private static final int DAEMON_ERROR = 125;
    private static final Set<String> MODES_WITHOUT_PORTS = Set.of("host", "none");

    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    private boolean detach;

    @Option(names = "--rm", description = "Automatically remove the container when it exits")
    private boolean remove;

    @Option(names = "--name", paramLabel = "string", description = "Assign a name to the container")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"--net", "--network"},
            paramLabel = "network",
            description = "bridge (default), host, none, container:NAME, or a network's name")
    private String network = "bridge";

    @Option(names = "--ip", paramLabel = "ip", description = "IPv4 address on a network of your own")
    private Optional<String> ip = Optional.empty();

    @Option(names = "--ip6", paramLabel = "ip", description = "IPv6 address on a network of your own")
    private Optional<String> ip6 = Optional.empty();

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "list",
            description = "Publish a container's port: [[ip:][hostPort]:]containerPort[/tcp|udp|sctp]")
    private List<String> publish = new ArrayList<>();

    @Option(
            names = {"-P", "--publish-all"},
            description = "Publish all exposed ports to random ports")
    private boolean publishAll;

    @Option(names = "--expose", paramLabel = "list", description = "Expose a port or a range of ports")
    private List<String> expose = new ArrayList<>();

    @Option(
            names = {"-h", "--hostname"},
            paramLabel = "string",
            description = "Container host name")
    private Optional<String> hostname = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            paramLabel = "list",
            description = "Set environment variables; KEY alone takes the caller's value")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "string",
            description = "Working directory inside the container")
    private Optional<String> workingDirectory = Optional.empty();

    @Option(
            names = {"-u", "--user"},
            paramLabel = "string",
            description = "User name or UID, with an optional :GROUP")
    private Optional<String> user = Optional.empty();

    @Option(
            names = {"-m", "--memory"},
            paramLabel = "bytes",
            description = "Memory limit, with suffix b, k, m or g")
    private Optional<String> memory = Optional.empty();

    @Option(names = "--cpus", paramLabel = "decimal", description = "Number of CPUs, such as 1.5")
    private Optional<Double> cpus = Optional.empty();

    @Option(
            names = "--pids-limit",
            paramLabel = "int",
            description = "Tune container pids limit (set -1 for unlimited)")
    private Optional<Integer> pidsLimit = Optional.empty();

    @Option(names = "--read-only", description = "Mount the container's root filesystem as read only")
    private boolean readOnly;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "Image name or id")
    private String image = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "COMMAND", description = "Program and its arguments")
    private List<String> command = new ArrayList<>();

    @Override
    public boolean stopsAtFirstArgument() {
        return true;
    }

    @Override
    public int failureCode() {
        return DAEMON_ERROR;
    }

    @Override
    public int run(Session session) {
        Netd.RunSpec spec = spec(session);
        boolean isDiscarded = MODES_WITHOUT_PORTS.contains(network);
        if (spec.publishes() && isDiscarded) {
            session.err().println("WARNING: Published ports are discarded when using " + network + " network mode");
        }
        if (detach) {
            String id = session.netd().run(spec);
            if (spec.publishes() && !isDiscarded) {
                PortText.warn(session, id, publish);
            }
            session.out().println(id);
            return 0;
        }
        return session.netd().runAttached(spec, id -> passSignals(session, id), Chunks.to(session));
    }

    private static void passSignals(Session session, String id) {
        session.terminal().onSignal(signal -> CompletableFuture.runAsync(() -> pass(session, id, signal)));
    }

    // A kill waits for the daemon, and the thread that signals arrive on must not wait.
    private static void pass(Session session, String id, int signal) {
        try {
            session.netd().kill(id, signal);
        } catch (NetdException e) {
            session.err().println("Error response from daemon: " + e.getMessage());
            session.err().flush();
        }
    }

    private Netd.RunSpec spec(Session session) {
        return new Netd.RunSpec(
                image,
                command,
                name,
                hostname,
                network,
                ip,
                ip6,
                publish,
                expose,
                publishAll,
                variables(environment, session.environment()),
                workingDirectory,
                user,
                memory.map(Run::bytes),
                cpus.map(Run::positive),
                pidsLimit.filter(limit -> limit > 0).map(OptionalInt::of).orElse(OptionalInt.empty()),
                readOnly,
                remove);
    }

    /** Turns {@code KEY=VALUE} and {@code KEY} words into variables. */
    static Map<String, String> variables(List<String> words, Map<String, String> callers) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals == 0 || word.isEmpty()) {
                throw new NetdException(NetdException.Kind.INVALID, "invalid environment variable: " + word);
            }
            if (equals > 0) {
                variables.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (callers.containsKey(word)) {
                variables.put(word, callers.get(word));
            }
        }
        return variables;
    }

    private static long bytes(String text) {
        try {
            return HumanSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new NetdException(NetdException.Kind.INVALID, e.getMessage());
        }
    }

    private static double positive(double cpus) {
        if (!(cpus > 0 && cpus <= 8192)) {
            throw new NetdException(NetdException.Kind.INVALID, "invalid value for --cpus: " + cpus);
        }
        return cpus;
    }
}
