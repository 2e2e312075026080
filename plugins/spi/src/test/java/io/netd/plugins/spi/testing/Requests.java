package io.netd.plugins.spi.testing;

import io.netd.cni.CniArgs;
import io.netd.cni.CniRequest;
import io.netd.cni.CniResult;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests out of JSON, as a runtime would send them. */
public final class Requests {
    private static final InterfaceName ETH0 = new InterfaceName("eth0");

    private Requests() {}

    /** A configuration. */
    public static NetworkConfig config(String json) {
        return NetworkConfig.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The configuration of a GC. */
    public static NetworkConfig gc(String json) {
        return CniRequest.parse(
                        Map.of("CNI_COMMAND", "GC", "CNI_PATH", "/opt/cni/bin"), json.getBytes(StandardCharsets.UTF_8))
                .config();
    }

    /** ADD of eth0. */
    public static AddRequest add(NetworkConfig config, String id, Sandbox sandbox) {
        return new AddRequest(config, new ContainerId(id), ETH0, sandbox, CniArgs.EMPTY, List.of());
    }

    /** CHECK of eth0. */
    public static CheckRequest check(NetworkConfig config, CniResult expected, String id, Sandbox sandbox) {
        return new CheckRequest(config, expected, new ContainerId(id), ETH0, sandbox, CniArgs.EMPTY, List.of());
    }

    /** DEL of eth0. */
    public static DelRequest del(NetworkConfig config, String id, Optional<Sandbox> sandbox) {
        return new DelRequest(config, new ContainerId(id), ETH0, sandbox, CniArgs.EMPTY, List.of());
    }
}
