package io.netd.plugins.bandwidth;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import java.util.List;

/** The {@code bandwidth} plugin: limits the veth pair that the chain made, to the container and from it. */
public final class BandwidthPlugin implements Plugin {
    @Override
    public String type() {
        return "bandwidth";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        CniResult previous = request.config().requirePrevResult();
        BandwidthConfig config = BandwidthConfig.read(request.config());
        if (config.isEmpty()) {
            return (host, traces) -> previous;
        }
        Ifb ifb = Ifb.of(request.config().name(), request.attachment());
        return new Shaper(request, config, previous, ifb);
    }

    @Override
    public void read(NetworkConfig config) {
        BandwidthConfig.read(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        BandwidthConfig config = BandwidthConfig.read(request.config());
        if (!config.isEmpty()) {
            HostEnd end = HostEnd.find(request.expected(), request.sandbox(), request.ifName(), host);
            String ifb = Ifb.name(request.config().name(), request.id());
            new BandwidthCheck(config, end, ifb, host.route()).run();
        }
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.copyOf(Ifb.find(request.config().name(), request.attachment(), host));
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        Ifb.abandoned(config, host).forEach(trace -> trace.revert(host));
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(IfbTrace.class, ShapeTrace.class);
    }
}
