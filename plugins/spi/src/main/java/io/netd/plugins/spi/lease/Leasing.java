package io.netd.plugins.spi.lease;

import io.netd.cni.AttachmentId;
import io.netd.cni.CniArgs;
import io.netd.cni.CniDns;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.ipam.HostLocalStore;
import io.netd.ipam.IpamConfig;
import io.netd.ipam.ResolvConf;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.trace.LeaseTrace;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Addresses out of host-local's store, in process: what the {@code host-local} plugin is, and what a plugin with
 * {@code "ipam":{"type":"host-local"}} does without starting it.
 *
 * @param config the checked {@code ipam} object
 */
public record Leasing(IpamConfig config) {
    private static final int MAX_RESOLV_CONF = 64 * 1024;

    /**
     * Reads the {@code ipam} object of a configuration.
     *
     * @throws CniException when it is wrong
     */
    public static Leasing of(NetworkConfig config, CniArgs args) {
        return new Leasing(IpamConfig.parse(config, args));
    }

    /** What a DEL has to free, whatever else the configuration says. */
    public static LeaseTrace trace(NetworkConfig config, AttachmentId owner) {
        return LeaseTrace.of(dataDir(config), config.name(), owner);
    }

    /**
     * Leases one address of each range set.
     *
     * @param beforeWriting told an address plugin's result (addresses, routes and name servers, no interfaces) while
     *     nothing of it is written yet: the place to leave traces, {@link #trace(AttachmentId)} among them; told another
     *     when another choice has to be made
     * @return what that made of the result that holds
     */
    public <T> T allocate(Host host, AttachmentId owner, Function<CniResult, T> beforeWriting) {
        CniDns dns = dns(host);
        return store(host).allocate(config, owner, chosen -> beforeWriting.apply(chosen.toResult(dns)));
    }

    /** What {@link #allocate} leaves behind. */
    public LeaseTrace trace(AttachmentId owner) {
        return LeaseTrace.of(config.dataDir(), config.network(), owner);
    }

    /**
     * Makes sure that the attachment holds an address.
     *
     * @throws CniException when it holds none
     */
    public void check(Host host, AttachmentId owner) {
        if (store(host).heldBy(owner).isEmpty()) {
            throw new CniException(
                    ErrorCode.INTERNAL, "host-local: failed to find address added by container " + owner);
        }
    }

    /** Frees the leases of a network whose holders are not in the configuration's valid list. */
    public static void collect(NetworkConfig config, Host host) {
        host.leases(dataDir(config), config.name()).releaseAllExcept(config.validAttachments());
    }

    private static Path dataDir(NetworkConfig config) {
        return IpamConfig.dataDir(config.settings().settings("ipam").orElse(Settings.EMPTY));
    }

    private HostLocalStore store(Host host) {
        return host.leases(config.dataDir(), config.network());
    }

    private CniDns dns(Host host) {
        return config.resolvConf()
                .flatMap(path -> host.root().readText(path.toString(), MAX_RESOLV_CONF))
                .map(ResolvConf::parse)
                .orElse(CniDns.EMPTY);
    }
}
