package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.firewall.GatewayMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@code network create --opt} says of a bridge network, by Docker's names and with its defaults.
 *
 * @param bridge the link's name, if it is not to be {@code br-} and the beginning of the network's id
 * @param mtu of the link and its containers, if it is not to be the default route's
 * @param icc whether the containers reach one another otherwise than by published ports
 * @param masquerade whether what leaves bears the host's address
 * @param binding where ports are published that name no address; 0.0.0.0 for everywhere
 * @param modes how containers of a family are reached
 * @param sources under which address of the host's what leaves is seen; of a family without, that of the interface it leaves by
 * @param trusted interfaces by which published ports are reached at the containers' own addresses, too
 */
public record BridgeOptions(
        Optional<String> bridge,
        Optional<Integer> mtu,
        boolean icc,
        boolean masquerade,
        Optional<IpAddress> binding,
        Map<IpFamily, GatewayMode> modes,
        Map<IpFamily, IpAddress> sources,
        List<String> trusted) {
    private static final String DEFAULT = "com.docker.network.bridge.default_bridge";
    private static final String NAME = "com.docker.network.bridge.name";
    private static final String MTU = "com.docker.network.driver.mtu";
    private static final String ICC = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
    private static final String BINDING = "com.docker.network.bridge.host_binding_ipv4";
    private static final String TRUSTED = "com.docker.network.bridge.trusted_host_interfaces";
    private static final String SOURCE4 = "com.docker.network.host_ipv4";
    private static final String SOURCE6 = "com.docker.network.host_ipv6";
    private static final String MODE4 = "com.docker.network.bridge.gateway_mode_ipv4";
    private static final String MODE6 = "com.docker.network.bridge.gateway_mode_ipv6";

    /** Every option there is. */
    public static final List<String> NAMES =
            List.of(NAME, MTU, ICC, MASQUERADE, BINDING, MODE4, MODE6, SOURCE4, SOURCE6, TRUSTED);

    private static final int SMALLEST_MTU = 68;
    private static final int SMALLEST_MTU_OF_IPV6 = 1280;
    private static final int LARGEST_MTU = 65535;
    private static final int LONGEST_LINK_NAME = 15;

    /** Keeps copies. */
    public BridgeOptions {
        modes = Map.copyOf(modes);
        sources = Map.copyOf(sources);
        trusted = List.copyOf(trusted);
    }

    /**
     * Reads the values; names that are none of {@link #NAMES} are passed over.
     *
     * @throws IllegalArgumentException naming the option whose value makes no sense
     */
    public static BridgeOptions parse(Map<String, String> options) {
        return new BridgeOptions(
                value(options, NAME, BridgeOptions::linkName),
                value(options, MTU, BridgeOptions::mtu).filter(mtu -> mtu > 0),
                value(options, ICC, BridgeOptions::flag).orElse(true),
                value(options, MASQUERADE, BridgeOptions::flag).orElse(true),
                value(options, BINDING, IpAddress::parse),
                byFamily(value(options, MODE4, BridgeOptions::mode), value(options, MODE6, BridgeOptions::mode)),
                byFamily(
                        value(options, SOURCE4, text -> address(text, IpFamily.IPV4)),
                        value(options, SOURCE6, text -> address(text, IpFamily.IPV6))),
                value(options, TRUSTED, BridgeOptions::linkNames).orElse(List.of()));
    }

    private static <T> Map<IpFamily, T> byFamily(Optional<T> ofIpv4, Optional<T> ofIpv6) {
        Map<IpFamily, T> values = new EnumMap<>(IpFamily.class);
        ofIpv4.ifPresent(value -> values.put(IpFamily.IPV4, value));
        ofIpv6.ifPresent(value -> values.put(IpFamily.IPV6, value));
        return values;
    }

    /** Those of the default network, as Docker shows them. */
    static Map<String, String> ofDefault(BridgeRecord record, BridgeSettings settings) {
        return Map.of(
                DEFAULT,
                "true",
                ICC,
                Boolean.toString(settings.access().icc()),
                MASQUERADE,
                Boolean.toString(settings.access().masquerade()),
                BINDING,
                settings.binding().orElse(IpAddress.any(IpFamily.IPV4)).toString(),
                NAME,
                record.bridge(),
                MTU,
                Integer.toString(record.mtu()));
    }

    /** Those of a network that a user defined: what was asked for, and its name and its MTU in any case. */
    static Map<String, String> of(NetworkDefinition definition) {
        Map<String, String> options =
                new HashMap<>(Map.of(NAME, definition.bridge(), MTU, Integer.toString(definition.mtu())));
        options.putAll(definition.options());
        return options;
    }

    /**
     * Checks what only makes sense together with the rest of the network.
     *
     * @throws IllegalArgumentException naming the option
     */
    void requireFitting(boolean isInternal, boolean hasIpv6) {
        if (modes.containsValue(GatewayMode.ISOLATED) && !isInternal) {
            throw new IllegalArgumentException("gateway mode 'isolated' can only be used for an internal network");
        }
        if (hasIpv6 && mtu.filter(size -> size < SMALLEST_MTU_OF_IPV6).isPresent()) {
            throw new IllegalArgumentException(
                    "invalid value for " + MTU + ": IPv6 needs " + SMALLEST_MTU_OF_IPV6 + " at least");
        }
    }

    private static <T> Optional<T> value(Map<String, String> options, String name, Function<String, T> reader) {
        try {
            return Optional.ofNullable(options.get(name))
                    .filter(text -> !text.isEmpty())
                    .map(reader);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "failed to parse " + name + " value: " + options.get(name) + " (" + e.getMessage() + ")", e);
        }
    }

    private static GatewayMode mode(String text) {
        return GatewayMode.of(text)
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + List.of(GatewayMode.values())));
    }

    private static IpAddress address(String text, IpFamily family) {
        IpAddress address = IpAddress.parse(text);
        if (address.family() != family || address.isAny() || address.isLoopback() || address.isMulticast()) {
            throw new IllegalArgumentException("must be one that packets of that family can come from");
        }
        return address;
    }

    private static String linkName(String text) {
        boolean isName = text.length() <= LONGEST_LINK_NAME && text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
        if (!isName) {
            throw new IllegalArgumentException("no name for an interface");
        }
        return text;
    }

    private static List<String> linkNames(String text) {
        return Stream.of(text.split(":"))
                .filter(name -> !name.isEmpty())
                .map(BridgeOptions::linkName)
                .toList();
    }

    private static Integer mtu(String text) {
        boolean isNumber = text.matches("[0-9]{1,5}");
        int mtu = isNumber ? Integer.parseInt(text) : -1;
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException("must be a number from " + SMALLEST_MTU + " to " + LARGEST_MTU);
        }
        return mtu;
    }

    /** What Go reads as a boolean, because Docker does. */
    private static Boolean flag(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
