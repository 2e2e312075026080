package io.netd.cni;

import io.netd.address.MacAddress;
import java.util.List;
import java.util.Optional;

/** The optional wishes of a caller under {@code args.cni}; they win over {@code CNI_ARGS}. */
public record ConfigArgs(List<RequestedIp> ips, Optional<MacAddress> mac) {
    /** No wishes. */
    public static final ConfigArgs EMPTY = new ConfigArgs(List.of(), Optional.empty());

    /** Keeps a copy. */
    public ConfigArgs {
        ips = List.copyOf(ips);
    }

    static ConfigArgs read(Settings config) {
        return config.settings("args")
                .flatMap(args -> args.settings("cni"))
                .map(cni -> new ConfigArgs(cni.values("ips", RequestedIp::parse), cni.value("mac", MacAddress::parse)))
                .orElse(EMPTY);
    }
}
