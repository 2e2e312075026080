package io.netd.engine.network;

import io.netd.address.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as it is shown.
 *
 * @param id 64 hexadecimal digits
 * @param name its name
 * @param driver bridge, host or null, as Docker calls them
 * @param bridge what only a bridge network has
 * @param own what only a user-defined network has
 */
public record NetworkView(String id, String name, String driver, Optional<Bridge> bridge, Optional<Own> own) {
    /**
     * Of a bridge network.
     *
     * @param link the bridge
     * @param gateways its addresses with the subnets' lengths, IPv4 first
     * @param options by Docker's names, also those that nobody asked for
     */
    public record Bridge(String link, List<IpPrefix> gateways, Map<String, String> options) {
        /** Keeps copies. */
        public Bridge {
            gateways = List.copyOf(gateways);
            options = Map.copyOf(options);
        }

        /** The subnets, IPv4 first. */
        public List<IpPrefix> subnets() {
            return gateways.stream().map(IpPrefix::network).toList();
        }
    }

    /**
     * Of a user-defined network.
     *
     * @param created when it was made first
     * @param internal whether it has no way in or out
     */
    public record Own(Instant created, boolean internal) {}

    static NetworkView ofDefault(BridgeRecord record, BridgeSettings settings) {
        Bridge bridge = new Bridge(record.bridge(), record.gateways(), BridgeOptions.ofDefault(record, settings));
        return new NetworkView(idOf(record.name()), record.name(), "bridge", Optional.of(bridge), Optional.empty());
    }

    static NetworkView of(NetworkDefinition definition) {
        Bridge bridge = new Bridge(definition.bridge(), definition.gateways(), BridgeOptions.of(definition));
        Own own = new Own(definition.created(), definition.internal());
        return new NetworkView(definition.id(), definition.name(), "bridge", Optional.of(bridge), Optional.of(own));
    }

    static NetworkView plain(String name, String driver) {
        return new NetworkView(idOf(name), name, driver, Optional.empty(), Optional.empty());
    }

    /** The networks that are always there are the same on every host, and so are their ids. */
    private static String idOf(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("netd network " + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
