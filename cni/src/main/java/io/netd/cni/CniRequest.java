package io.netd.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a plugin.
 *
 * @param netns the path of the container's namespace as the caller wrote it; absent when empty
 * @param path the folders of {@code CNI_PATH}; empty when the caller set none
 */
public record CniRequest(
        Command command,
        Optional<ContainerId> containerId,
        Optional<String> netns,
        Optional<InterfaceName> ifName,
        CniArgs args,
        List<String> path,
        NetworkConfig config) {
    private static final String COMMAND = "CNI_COMMAND";
    private static final String CONTAINER = "CNI_CONTAINERID";
    private static final String NAMESPACE = "CNI_NETNS";
    private static final String INTERFACE = "CNI_IFNAME";

    /** Keeps a copy. */
    public CniRequest {
        path = List.copyOf(path);
    }

    /**
     * Reads a call whose configuration nobody has read before; see {@link #parse(Map, byte[], RecentConfigs)}.
     */
    public static CniRequest parse(Map<String, String> environment, byte[] stdin) {
        return parse(environment, stdin, new RecentConfigs());
    }

    /**
     * Reads a call. VERSION is not read here: {@link VersionJson} answers it from the bytes alone.
     *
     * @param environment the variables {@code CNI_*}; others are ignored
     * @throws CniException code 4 naming every variable that is missing, or the one that is wrong; 6 for broken JSON; 7
     *     for a wrong configuration; 1 for a version that is unknown or does not know the command
     */
    public static CniRequest parse(Map<String, String> environment, byte[] stdin, RecentConfigs configs) {
        Command command = command(environment);
        requireVariables(command, environment);
        NetworkConfig config = configs.read(stdin, command);
        if (!config.version().supports(command)) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "cniVersion \"" + config.version() + "\": config version does not allow " + command);
        }
        return new CniRequest(
                command,
                variable(environment, CONTAINER).map(ContainerId::new),
                variable(environment, NAMESPACE).map(CniRequest::namespacePath),
                variable(environment, INTERFACE).map(InterfaceName::new),
                CniArgs.parse(environment.getOrDefault("CNI_ARGS", "")),
                variable(environment, "CNI_PATH")
                        .map(path -> List.of(path.split(":")))
                        .orElse(List.of()),
                config);
    }

    /**
     * The command that an environment asks for.
     *
     * @throws CniException with code 4 when there is none, or one that is unknown
     */
    public static Command command(Map<String, String> environment) {
        String name = variable(environment, COMMAND).orElse("");
        return Command.of(name)
                .orElseThrow(() -> new CniException(
                        ErrorCode.INVALID_ENVIRONMENT,
                        name.isEmpty()
                                ? "required env variables [CNI_COMMAND] missing"
                                : "unknown CNI_COMMAND: " + Identifier.quoted(name)));
    }

    /** The attachment that ADD, DEL and CHECK are about; empty for the other commands. */
    public Optional<AttachmentId> attachment() {
        return containerId.flatMap(id -> ifName.map(name -> new AttachmentId(id, name)));
    }

    private static void requireVariables(Command command, Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        require(command.needsContainer(), CONTAINER, environment, missing);
        require(command.needsNamespace(), NAMESPACE, environment, missing);
        require(command.needsInterface(), INTERFACE, environment, missing);
        if (!missing.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT, "required env variables " + missing + " missing for " + command);
        }
    }

    private static void require(boolean isNeeded, String name, Map<String, String> environment, List<String> missing) {
        if (isNeeded && variable(environment, name).isEmpty()) {
            missing.add(name);
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static String namespacePath(String path) {
        if (path.indexOf('\0') >= 0) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT, "CNI_NETNS " + Identifier.quoted(path) + ": a path holds no NUL");
        }
        return path;
    }
}
