package io.netd.daemon.plugin;

import io.netd.cni.CniException;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.cni.ErrorJson;
import io.netd.cni.NetworkConfig;
import io.netd.cni.RecentConfigs;
import io.netd.cni.ResultJson;
import io.netd.cni.VersionJson;
import io.netd.daemon.door.PluginAnswer;
import io.netd.engine.attach.Failures;
import java.util.Map;
import java.util.Optional;

/** The protocol's bytes to values and back. */
public final class PluginRequests {
    private static final byte[] NOTHING = new byte[0];

    private PluginRequests() {}

    /**
     * Reads a call. The plugin is the one that was called, whatever the configuration's type: an address plugin is
     * handed the configuration of the plugin that calls it.
     *
     * @throws CniException when the call makes no sense
     */
    public static CniRequest parse(
            String plugin, Map<String, String> environment, byte[] input, RecentConfigs configs) {
        CniRequest request = CniRequest.parse(environment, input, configs);
        NetworkConfig config = request.config();
        if (config.type().equals(plugin)) {
            return request;
        }
        NetworkConfig called = new NetworkConfig(
                config.version(),
                config.name(),
                plugin,
                config.settings(),
                config.prevResult(),
                config.runtimeConfig(),
                config.args(),
                config.validAttachments());
        return new CniRequest(
                request.command(),
                request.containerId(),
                request.netns(),
                request.ifName(),
                request.args(),
                request.path(),
                called);
    }

    /** What a request that was carried out leaves its caller with. */
    public static PluginAnswer success(Optional<CniResult> result, CniVersion version) {
        return new PluginAnswer(
                0, result.map(value -> ResultJson.write(value, version)).orElse(NOTHING));
    }

    /** What a failed request leaves its caller with, in the version its input names. */
    public static PluginAnswer failure(Throwable failure, byte[] input) {
        CniException known = Failures.of(failure);
        return new PluginAnswer(1, ErrorJson.write(known, VersionJson.versionOf(input)));
    }
}
