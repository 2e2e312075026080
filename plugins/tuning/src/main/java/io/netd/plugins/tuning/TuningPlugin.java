package io.netd.plugins.tuning;

import io.netd.cni.CniArgs;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import java.util.List;
import java.util.OptionalInt;

/** The {@code tuning} plugin: settings of the interface that the chain made, and of its namespace. */
public final class TuningPlugin implements Plugin {
    @Override
    public String type() {
        return "tuning";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        CniResult previous = request.config().requirePrevResult();
        TuningConfig config = TuningConfig.read(request.config(), request.args(), request.ifName());
        if (config.isEmpty()) {
            return (host, traces) -> previous;
        }
        String ifName = request.ifName().value();
        return new Tuner(
                request,
                config,
                previous.withInterfaces(previous.interfaces().stream()
                        .map(known ->
                                known.name().equals(ifName) && known.sandbox().isPresent()
                                        ? tuned(known, config.link())
                                        : known)
                        .toList()));
    }

    @Override
    public void read(NetworkConfig config) {
        TuningConfig.read(config, CniArgs.EMPTY, new InterfaceName("eth0"));
    }

    @Override
    public void check(CheckRequest request, Host host) {
        TuningConfig config = TuningConfig.read(request.config(), request.args(), request.ifName());
        new TuningCheck(config, request.sandbox(), request.ifName().value()).run();
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of(new BackupTrace(
                TuningConfig.dataDir(request.config().settings()).toString(),
                request.id(),
                request.ifName(),
                request.sandbox().map(SandboxRef::of)));
    }

    @Override
    public List<Class<? extends Trace>> traceTypes() {
        return List.of(BackupTrace.class, FormerSysctlsTrace.class);
    }

    private static CniInterface tuned(CniInterface known, LinkSettings link) {
        return new CniInterface(
                known.name(),
                link.mac().or(known::mac),
                link.mtu().map(OptionalInt::of).orElseGet(known::mtu),
                known.sandbox(),
                known.socketPath(),
                known.pciId());
    }
}
