package io.netd.plugins.spi.lease;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.ipam.IpamConfig;
import io.netd.ipam.ResolvConf;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.trace.LeaseTrace;
import java.util.List;
import java.util.function.Function;

/**
 * One address out of each range set of a host-local store.
 *
 * @param config the checked {@code ipam} object
 */
record HostLocalPlan(IpamConfig config, AttachmentId owner) implements AddressPlan {
    private static final int MAX_RESOLV_CONF = 64 * 1024;

    @Override
    public <T> T take(Host host, Traces traces, Function<Offer, T> taker) {
        CniDns dns = dns(host);
        List<Trace> lease = List.of(LeaseTrace.of(config.dataDir(), config.network(), owner));
        return host.leases(config.dataDir(), config.network())
                .allocate(config, owner, chosen -> taker.apply(new Offer(chosen.toResult(dns), lease)));
    }

    private CniDns dns(Host host) {
        return config.resolvConf()
                .map(path -> host.root()
                        .readText(path.toString(), MAX_RESOLV_CONF)
                        .orElseThrow(() -> new CniException(
                                ErrorCode.INVALID_CONFIG,
                                "ipam.resolvConf: open " + path + ": no such file or directory")))
                .map(ResolvConf::parse)
                .orElse(CniDns.EMPTY);
    }
}
