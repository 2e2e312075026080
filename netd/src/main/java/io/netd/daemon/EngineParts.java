package io.netd.daemon;

import io.netd.daemon.config.DaemonConfig;
import io.netd.engine.Engine;
import io.netd.engine.EngineBuilder;
import io.netd.engine.EngineSettings;
import io.netd.engine.network.AddressPool;
import io.netd.engine.network.BridgeSettings;
import io.netd.firewall.host.HostFirewall;
import io.netd.plugins.bandwidth.BandwidthPlugin;
import io.netd.plugins.bridge.BridgePlugin;
import io.netd.plugins.container.ContainerPlugin;
import io.netd.plugins.firewall.FirewallPlugin;
import io.netd.plugins.host.HostPlugin;
import io.netd.plugins.hostlocal.HostLocalPlugin;
import io.netd.plugins.loopback.LoopbackPlugin;
import io.netd.plugins.none.NonePlugin;
import io.netd.plugins.portmap.PortmapPlugin;
import io.netd.plugins.ptp.PtpPlugin;
import io.netd.plugins.spi.Containers;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.staticipam.StaticPlugin;
import io.netd.plugins.tuning.TuningPlugin;
import java.time.Duration;
import java.util.List;

/** Puts the engine together as this program ships it. */
final class EngineParts {
    private EngineParts() {}

    /**
     * An engine that has the journal's lock and has changed nothing yet.
     *
     * @param containers whose networks may be shared
     */
    static Engine open(DaemonConfig config, HostFirewall firewall, Containers containers) {
        return builder(config, firewall).containers(containers).open();
    }

    /** An engine for one call: it knows no containers. */
    static Engine openForOneCall(DaemonConfig config, HostFirewall firewall, Duration patience) {
        return builder(config, firewall).patience(patience).open();
    }

    private static EngineBuilder builder(DaemonConfig config, HostFirewall firewall) {
        return new EngineBuilder(
                EngineSettings.of(config.execRoot(), config.dataRoot(), bridge(config)),
                plugins(),
                new FirewallBackends(firewall));
    }

    private static BridgeSettings bridge(DaemonConfig config) {
        return new BridgeSettings(
                config.bridge(),
                config.bip(),
                config.pools().isEmpty() ? AddressPool.DOCKERS : config.pools(),
                config.mtu(),
                config.hasRules(),
                config.adoptsBridge(),
                config.publishAddress(),
                config.access(),
                config.hasIpv6(),
                config.subnet6());
    }

    /** The plugins this program has. */
    static List<Plugin> plugins() {
        return List.of(
                new BridgePlugin(),
                new HostPlugin(),
                new NonePlugin(),
                new ContainerPlugin(),
                new LoopbackPlugin(),
                new HostLocalPlugin(),
                new StaticPlugin(),
                new PortmapPlugin(),
                new TuningPlugin(),
                new BandwidthPlugin(),
                new PtpPlugin(),
                new FirewallPlugin());
    }
}
