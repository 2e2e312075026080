package io.netd.plugins.spi.lease;

import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.Map;
import java.util.Optional;

/** The sources of addresses by {@code ipam.type}: those of netd, and programs for all the rest. */
public final class AddressSources {
    private static final Map<String, AddressSource> IN_PROCESS =
            Map.of("host-local", new HostLocalSource(), "static", new StaticSource());

    private AddressSources() {}

    /**
     * The source that a configuration names; empty for a network without addresses, whose {@code ipam} is absent or names
     * no type.
     *
     * @throws CniException with code 7 when the type is no name of a program
     */
    public static Optional<AddressSource> of(NetworkConfig config) {
        return of(config.settings());
    }

    /** {@link #of(NetworkConfig)} for the settings alone. */
    public static Optional<AddressSource> of(Settings config) {
        return config.settings("ipam").flatMap(ipam -> ipam.text("type").map(type -> named(ipam, type)));
    }

    private static AddressSource named(Settings ipam, String type) {
        AddressSource inProcess = IN_PROCESS.get(type);
        return inProcess == null ? ProgramSource.of(ipam, type) : inProcess;
    }
}
