package io.netd.plugins.spi.lease;

import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Namespaces;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import java.util.List;

/** A source of addresses as a plugin of its own, for those who start it: hands out addresses and touches no namespace. */
public abstract class AddressPlugin implements Plugin {
    private final String type;
    private final AddressSource source;

    /** Of that type, whatever {@code ipam.type} says. */
    protected AddressPlugin(String type, AddressSource source) {
        this.type = type;
        this.source = source;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Namespaces namespaces() {
        return Namespaces.EITHER;
    }

    @Override
    public AddPlan plan(AddRequest request) {
        AddressPlan plan = source.plan(request);
        return (host, traces) -> plan.take(host, traces, offer -> leave(offer, traces));
    }

    @Override
    public void read(NetworkConfig config) {
        source.read(config);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        source.check(request, host);
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return source.findTraces(request, host);
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        source.status(config, host);
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        source.collect(config, host);
    }

    private static CniResult leave(Offer offer, Traces traces) {
        traces.leave(offer.traces(), offer.result());
        return offer.result();
    }
}
