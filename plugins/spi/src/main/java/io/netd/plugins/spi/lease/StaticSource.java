package io.netd.plugins.spi.lease;

import io.netd.cni.CniArgs;
import io.netd.cni.NetworkConfig;
import io.netd.ipam.StaticConfig;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import java.util.List;

/** Addresses that a configuration or a caller names. Nobody holds them, so nothing has to be given back. */
public final class StaticSource implements AddressSource {
    @Override
    public AddressPlan plan(AddRequest request) {
        return new StaticPlan(
                new Offer(StaticConfig.parse(request.config(), request.args()).toResult(), List.of()));
    }

    @Override
    public void read(NetworkConfig config) {
        StaticConfig.parse(config, CniArgs.EMPTY);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        StaticConfig.parse(request.config(), request.args()).check(request.expected(), request.ifName());
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of();
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        read(config);
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        // There is nothing that could be collected.
    }
}
