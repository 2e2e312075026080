package io.netd.daemon.local;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.engine.network.WantedAddresses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that a container is to have, as an annotation of it. */
public final class Wishes {
    /** The annotation whose value is addresses between blanks. */
    public static final String ADDRESSES = "netd.ip";

    private Wishes() {}

    /** What {@code --ip} and {@code --ip6} say. */
    static WantedAddresses of(Optional<String> ip, Optional<String> ip6) {
        return new WantedAddresses(Stream.concat(
                        ip.map(text -> address(text, IpFamily.IPV4)).stream(),
                        ip6.map(text -> address(text, IpFamily.IPV6)).stream())
                .toList());
    }

    /** The annotation for them. */
    static Map<String, String> annotations(WantedAddresses wanted) {
        return wanted.addresses().isEmpty()
                ? Map.of()
                : Map.of(
                        ADDRESSES,
                        wanted.addresses().stream().map(IpAddress::toString).collect(Collectors.joining(" ")));
    }

    /** What the annotations say. */
    public static WantedAddresses read(Map<String, String> annotations) {
        String value = annotations.getOrDefault(ADDRESSES, "");
        return new WantedAddresses(
                value.isEmpty()
                        ? List.of()
                        : Stream.of(value.split(" ")).map(IpAddress::parse).toList());
    }

    private static IpAddress address(String text, IpFamily family) {
        String words = "invalid " + (family == IpFamily.IPV4 ? "IPv4" : "IPv6") + " address: " + text;
        try {
            IpAddress address = IpAddress.parse(text);
            if (address.family() == family) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(words, e);
        }
        throw new IllegalArgumentException(words);
    }
}
