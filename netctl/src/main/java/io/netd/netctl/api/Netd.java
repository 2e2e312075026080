package io.netd.netctl.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The daemon as the commands see it. Calls block the command's own thread; {@code nameOrId} is a container's name, its
 * full id or an unambiguous prefix of it. Every method throws {@link NetdException}.
 */
public interface Netd {
    /** Creates a container and starts it; returns when its program runs. The id is 64 hex digits. */
    String run(RunSpec spec);

    /**
     * As {@link #run}, but stays: hands over all the program writes, and returns with its exit code.
     *
     * @param created gets the id before the program runs
     * @param sink is told on standard error, too, which ports lead nowhere
     */
    int runAttached(RunSpec spec, Consumer<String> created, Consumer<LogChunk> sink);

    /** Containers, newest first; only the running ones unless {@code all}. */
    List<ContainerSummary> containers(boolean all);

    /** One container whole, with docker's keys. */
    JsonNode inspectContainer(String nameOrId);

    /** Asks the container to stop (its stop signal) and kills it after the grace time. Stopped already is success. */
    void stop(String nameOrId, Duration grace);

    /** Sends a signal to the container's first process. */
    void kill(String nameOrId, int signal);

    /** Removes a container; a running one only by force. */
    void remove(String nameOrId, boolean force);

    /** Waits for the end of the container; its exit code. */
    int waitFor(String nameOrId);

    /** Hands over what the container has written, and with {@code follow} what it goes on to write until it ends or the caller's thread is interrupted. */
    void logs(String nameOrId, LogsSpec spec, Consumer<LogChunk> sink);

    /** Runs a program in a running container; its exit code. */
    int exec(ExecSpec spec, InputStream in, Consumer<LogChunk> sink);

    /** Published ports of a container, or of a CNI attachment. */
    List<PublishedPort> ports(String nameOrId);

    /** Publishes more ports of a running container or a CNI attachment, all or none; {@code flags} are values of {@code -p}. */
    List<PublishedPort> publish(String nameOrId, List<String> flags);

    /**
     * What of some values of {@code -p} leads nowhere, a sentence each: the container has no address of that family, or
     * somebody else's rules keep others from its published ports.
     */
    List<String> leadingNowhere(String nameOrId, List<String> flags);

    /** Takes published ports back; what went. Each flag must fit one at least. */
    List<PublishedPort> unpublish(String nameOrId, List<String> flags);

    /** Who has a port of the host, for one protocol or for all. */
    List<PortHolder> portHolders(int port, Optional<String> protocol);

    /**
     * Stores a root file system tar (plain or gzip) as an image; the image id as {@code sha256:<64 hex>}.
     *
     * @param changes Dockerfile instructions that say how to run it
     */
    String importImage(InputStream tar, Optional<String> reference, List<String> changes);

    /** Images, newest first. */
    List<ImageSummary> images();

    /** Networks by name. */
    List<NetworkSummary> networks();

    /** One network whole, with docker's keys. */
    JsonNode inspectNetwork(String nameOrId);

    /** Makes a network; its id. */
    String createNetwork(NetworkSpec spec);

    /** Removes a network that somebody made. */
    void removeNetwork(String nameOrId);

    /** What hangs on what: bridges, veths, containers, ports. */
    Topology topology();

    /** Sends a packet and follows it; takes up to some seconds. */
    TraceReport trace(TraceSpec spec);

    /**
     * Hands over events until the caller's thread is interrupted.
     *
     * @param filters what an event must have: of each key one of the values
     */
    void events(Map<String, Set<String>> filters, Consumer<EventLine> sink);

    /** What this daemon and its host are, in the order it is printed; values are text, numbers, lists or maps. */
    Map<String, Object> info();

    /** The daemon's version and what it was built and runs with. */
    VersionInfo version();

    /** Checks of what the host must have. */
    List<DoctorCheck> doctor();

    /** The rules that netd wants, owner by owner, compared with the kernel's. */
    List<FirewallRule> firewall();

    /** The folders of CNI runtimes where the command runs. */
    CniSetup cni();

    /** Removes everything netd made on this host; refused while containers exist unless forced. Hands over a line for each thing removed. */
    void uninstall(boolean force, Consumer<String> progress);

    /** What {@code run} was asked for. */
    record RunSpec(
            String image,
            List<String> command,
            Optional<String> name,
            Optional<String> hostname,
            String network,
            Optional<String> ip,
            Optional<String> ip6,
            List<String> publish,
            List<String> expose,
            boolean publishAll,
            Map<String, String> environment,
            Optional<String> workingDirectory,
            Optional<String> user,
            Optional<Long> memoryBytes,
            Optional<Double> cpus,
            OptionalInt pidsLimit,
            boolean readOnly,
            boolean removeWhenDone) {
        /** Copies the collections. */
        public RunSpec {
            command = List.copyOf(command);
            publish = List.copyOf(publish);
            expose = List.copyOf(expose);
            environment = Map.copyOf(environment);
        }

        /** Whether any port is to be reached from outside. */
        public boolean publishes() {
            return publishAll || !publish.isEmpty();
        }
    }

    /** What {@code network create} was asked for; everything as it was written. */
    record NetworkSpec(
            String name,
            String driver,
            List<String> subnets,
            List<String> gateways,
            boolean ipv6,
            boolean internal,
            Map<String, String> options) {
        /** Copies the collections. */
        public NetworkSpec {
            subnets = List.copyOf(subnets);
            gateways = List.copyOf(gateways);
            options = Map.copyOf(options);
        }
    }

    /** What {@code exec} was asked for. */
    record ExecSpec(
            String container,
            List<String> command,
            Map<String, String> environment,
            Optional<String> workingDirectory,
            Optional<String> user,
            boolean interactive) {
        /** Copies the collections. */
        public ExecSpec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /** Which part of a log: {@code tail} the last lines only, {@code timestamps} put an RFC 3339 time before each line. */
    record LogsSpec(boolean follow, OptionalInt tail, boolean timestamps) {}

    /** Bytes that a program wrote. */
    record LogChunk(boolean toError, byte[] bytes) {}
}
