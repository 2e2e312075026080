package io.netd.plugins.hostlocal;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.AddPlan;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Namespaces;
import io.netd.plugins.spi.Plugin;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.lease.Leasing;
import java.util.List;

/** The {@code host-local} plugin: hands out addresses and touches no namespace. */
public final class HostLocalPlugin implements Plugin {
    @Override
    public String type() {
        return "host-local";
    }

    @Override
    public Namespaces namespaces() {
        return Namespaces.EITHER;
    }

    @Override
    public AddPlan plan(AddRequest request) {
        Leasing leasing = Leasing.of(request.config(), request.args());
        AttachmentId owner = new AttachmentId(request.id(), request.ifName());
        return (host, traces) -> leasing.allocate(host, owner, chosen -> {
            traces.leave(leasing.trace(owner));
            return chosen;
        });
    }

    @Override
    public void read(NetworkConfig config) {
        Leasing.of(config, CniArgs.parse(""));
    }

    @Override
    public void check(CheckRequest request, Host host) {
        Leasing.of(request.config(), request.args()).check(host, new AttachmentId(request.id(), request.ifName()));
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        return List.of(Leasing.trace(request.config(), new AttachmentId(request.id(), request.ifName())));
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        Leasing.collect(config, host);
    }
}
