package io.netd.plugins.spi.lease;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.util.Map;
import java.util.Optional;

/** The sources of addresses by {@code ipam.type}. */
public final class AddressSources {
    private static final Map<String, AddressSource> IN_PROCESS =
            Map.of("host-local", new HostLocalSource(), "static", new StaticSource());

    private AddressSources() {}

    /**
     * The source that a configuration names; empty for a network without addresses, whose {@code ipam} is absent or names
     * no type.
     *
     * @throws CniException with code 2 when it names one that is not supported
     */
    public static Optional<AddressSource> of(NetworkConfig config) {
        return of(config.settings());
    }

    /** {@link #of(NetworkConfig)} for the settings alone. */
    public static Optional<AddressSource> of(Settings config) {
        return config.settings("ipam").flatMap(ipam -> ipam.text("type")).map(AddressSources::named);
    }

    private static AddressSource named(String type) {
        AddressSource source = IN_PROCESS.get(type);
        if (source == null) {
            throw new CniException(
                    ErrorCode.UNSUPPORTED_FIELD,
                    "ipam.type \"" + type + "\": only host-local and static are supported");
        }
        return source;
    }
}
