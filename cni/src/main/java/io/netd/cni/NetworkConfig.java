package io.netd.cni;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A plugin's network configuration: what all plugins share, and the whole object as it came.
 *
 * @param type the plugin's name; empty when the configuration names none
 * @param prevResult what the plugin before made (ADD), or the whole chain (CHECK, DEL)
 * @param validAttachments for GC: whom to keep; otherwise empty
 */
public record NetworkConfig(
        CniVersion version,
        NetworkName name,
        String type,
        Settings settings,
        Optional<CniResult> prevResult,
        RuntimeConfig runtimeConfig,
        ConfigArgs args,
        List<AttachmentId> validAttachments) {
    private static final String PREV_RESULT = "prevResult";
    private static final String RUNTIME_CONFIG = "runtimeConfig";

    /** Keeps a copy. */
    public NetworkConfig {
        validAttachments = List.copyOf(validAttachments);
    }

    /**
     * Reads a configuration; every part of it must make sense.
     *
     * @throws CniException with code 1, 6 or 7
     */
    public static NetworkConfig read(Settings settings) {
        return read(settings, Command.ADD);
    }

    /**
     * Reads a configuration for a command. DEL and GC must succeed after anything: for them a previous result, runtime
     * configuration or arguments that make no sense count as absent.
     */
    static NetworkConfig read(Settings settings, Command command) {
        CniVersion version = settings.text("cniVersion").map(CniVersion::parse).orElse(CniVersion.V0_1_0);
        NetworkName name = new NetworkName(settings.text("name").orElse(""));
        Lenience lenience = new Lenience(command.isTidying());
        return new NetworkConfig(
                version,
                name,
                type(settings),
                settings,
                lenience.read(
                        () -> settings.settings(PREV_RESULT).map(result -> ResultJson.read(result, version)),
                        Optional.empty()),
                lenience.read(() -> runtime(settings, name), RuntimeConfig.EMPTY),
                lenience.read(() -> ConfigArgs.read(settings), ConfigArgs.EMPTY),
                command == Command.GC ? attachments(settings) : List.of());
    }

    /**
     * Makes sure that a plugin that does not speak the oldest versions can serve this configuration.
     *
     * @throws CniException with code 1 when it is of an older version
     */
    public void requireAtLeast(CniVersion oldest) {
        if (!version.isAtLeast(oldest)) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "incompatible CNI versions: " + type + " does not serve cniVersion \"" + version + "\"",
                    "supported: " + oldest + " to " + CniVersion.LATEST);
        }
    }

    /**
     * What the plugins before in the chain gave.
     *
     * @throws CniException with code 7 when there is none
     */
    public CniResult requirePrevResult() {
        return prevResult.orElseThrow(() -> new CniException(
                ErrorCode.INVALID_CONFIG, type + ": must be called as chained plugin: prevResult is missing"));
    }

    /** The same configuration after another plugin's work, in the settings as well. */
    public NetworkConfig withPrevResult(CniResult result) {
        Settings json = Settings.parse(ResultJson.write(result, version));
        return new NetworkConfig(
                version,
                name,
                type,
                settings.with(PREV_RESULT, json),
                Optional.of(result),
                runtimeConfig,
                args,
                validAttachments);
    }

    /** For GC: the same configuration with more attachments to keep. */
    public NetworkConfig keeping(Collection<AttachmentId> more) {
        List<AttachmentId> all = new ArrayList<>(validAttachments);
        all.addAll(more);
        return new NetworkConfig(version, name, type, settings, prevResult, runtimeConfig, args, all);
    }

    private static String type(Settings settings) {
        String type = settings.text("type").orElse("");
        if (type.indexOf('/') >= 0 || type.indexOf('\0') >= 0) {
            throw settings.invalid("type", "a plugin's name holds no path separator");
        }
        return type;
    }

    private static RuntimeConfig runtime(Settings settings, NetworkName name) {
        return settings.settings(RUNTIME_CONFIG)
                .map(runtime -> RuntimeConfig.read(runtime, name))
                .orElse(RuntimeConfig.EMPTY);
    }

    private static List<AttachmentId> attachments(Settings settings) {
        String key = settings.has("cni.dev/valid-attachments") ? "cni.dev/valid-attachments" : "cni.dev/attachments";
        return settings.list(key).stream()
                .map(entry -> new AttachmentId(
                        part(entry, "containerID", ContainerId::new, "is no container's id"),
                        part(entry, "ifname", InterfaceName::new, "is no interface's name")))
                .toList();
    }

    /** Such a name is refused as one of the environment's otherwise. */
    private static <T> T part(Settings entry, String key, Function<String, T> parser, String fault) {
        try {
            return parser.apply(entry.text(key).orElse(""));
        } catch (CniException e) {
            throw entry.invalid(key, fault);
        }
    }
}
