package io.netd.plugins.spi.lease;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.ipam.IpamConfig;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.CheckRequest;
import io.netd.plugins.spi.DelRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.trace.LeaseTrace;
import java.nio.file.Path;
import java.util.List;

/** Addresses out of host-local's store, in process: no program is started. */
public final class HostLocalSource implements AddressSource {
    @Override
    public AddressPlan plan(AddRequest request) {
        return new HostLocalPlan(IpamConfig.parse(request.config(), request.args()), request.attachment());
    }

    @Override
    public void read(NetworkConfig config) {
        IpamConfig.parse(config, CniArgs.EMPTY);
    }

    @Override
    public void check(CheckRequest request, Host host) {
        IpamConfig config = IpamConfig.parse(request.config(), request.args());
        AttachmentId owner = request.attachment();
        if (host.leases(config.dataDir(), config.network()).heldBy(owner).isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL, "host-local: failed to find address added by container " + owner);
        }
    }

    @Override
    public List<Trace> findTraces(DelRequest request, Host host) {
        NetworkConfig config = request.config();
        return List.of(LeaseTrace.of(dataDir(config), config.name(), request.attachment()));
    }

    @Override
    public void status(NetworkConfig config, Host host) {
        IpamConfig ipam = IpamConfig.parse(config, CniArgs.EMPTY);
        host.leases(ipam.dataDir(), ipam.network()).requireAvailable(ipam);
    }

    @Override
    public void collect(NetworkConfig config, Host host) {
        host.leases(dataDir(config), config.name()).releaseAllExcept(config.validAttachments());
    }

    private static Path dataDir(NetworkConfig config) {
        return IpamConfig.dataDir(config.settings().settings("ipam").orElse(Settings.EMPTY));
    }
}
