package io.netd.plugins.ptp;

import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.lease.AddressSources;
import io.netd.plugins.spi.pair.VethPair;
import io.netd.plugins.spi.trace.RulesTrace;
import java.util.ArrayList;
import java.util.List;

/** The {@code ptp} plugin: a veth pair between the container and the host, which routes whatever passes. */
public final class PtpPlugin implements Plugin {
    @Override
    public String type() {
        return "ptp";
    }

    @Override
    public AddPlan plan(AddRequest request) {
        PtpConfig config = PtpConfig.read(request.config());
        return new PtpPlan(request, config, config.addresses().plan(request));
    }

    @Override
    public void read(NetworkConfig config) {
        PtpConfig.read(config).addresses().read(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        PtpConfig config = PtpConfig.read(request.config());
        new PtpCheck(config, request, host).run();
        config.addresses().check(request, host);
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        PtpConfig.read(config).addresses().status(config, host);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        List<Trace> traces = new ArrayList<>();
        AddressSources.of(request.config()).ifPresent(source -> traces.addAll(source.findTraces(request, host)));
        traces.addAll(VethPair.find(request.sandbox(), host, request.attachment()));
        traces.add(new RulesTrace(PtpPlan.owner(request.attachment()), List.of()));
        return traces;
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        AddressSources.of(config).ifPresent(source -> source.collect(config, host));
    }
}
