package io.netd.plugins.tuning;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.netlink.route.Link;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Sandbox;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ADD: what was, into traces and the backup; then the parameters, then the interface. */
record Tuner(AddRequest request, TuningConfig config, CniResult outcome) implements AddPlan {
    @Override
    public CniResult apply(Host host, Traces traces) {
        Allowlist.read(host.root()).ifPresent(allowed -> allowed.require(config.sysctls()));
        SandboxRef place = SandboxRef.of(sandbox());
        Map<String, String> values = sandbox().call(this::formerSysctls);
        List<Trace> left = new ArrayList<>();
        if (!values.isEmpty()) {
            left.add(new FormerSysctlsTrace(place, values));
        }
        if (config.link().isEmpty()) {
            traces.leave(left, outcome);
            setSysctls();
        } else {
            Link link = link(sandbox(), request.ifName().value());
            BackupTrace backup =
                    new BackupTrace(config.dataDir().toString(), request.id(), request.ifName(), Optional.of(place));
            left.add(backup);
            traces.leave(left, outcome);
            // Before anything changes: an older file under this name must not be what a failure restores.
            backup.backup().save(host, config.link().of(link));
            setSysctls();
            config.link().steps(sandbox().route().links(), link.index()).forEach(Runnable::run);
        }
        return outcome;
    }

    /** The container's interface. */
    static Link link(Sandbox sandbox, String name) {
        return sandbox.route()
                .links()
                .byName(name)
                .orElseThrow(() ->
                        new CniException(ErrorCode.INTERNAL, "tuning: " + name + " is missing in " + sandbox.path()));
    }

    private Sandbox sandbox() {
        return request.sandbox();
    }

    private Map<String, String> formerSysctls() {
        Map<String, String> values = new LinkedHashMap<>();
        config.sysctls()
                .forEach(parameter -> parameter.current().ifPresent(current -> values.put(parameter.path(), current)));
        return values;
    }

    private void setSysctls() {
        sandbox().namespace().run(() -> config.sysctls().forEach(Parameter::write));
    }
}
