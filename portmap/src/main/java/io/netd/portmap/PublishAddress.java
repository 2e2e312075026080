package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import java.util.Arrays;
import java.util.Optional;

/** The host address of a {@code -p} value, in brackets or bare, with the error texts of Go's {@code net.SplitHostPort}. */
final class PublishAddress {
    /** The prefix ::ffff:0:0/96 of RFC 4291, 2.5.5.2. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private PublishAddress() {}

    /** The address; empty for no text and for empty brackets. */
    static Optional<IpAddress> parse(String text) {
        String bare = text.startsWith("[") ? unbracketed(text) : text;
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(unmapped(IpAddress.parse(bare)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid IP address: " + bare, e);
        }
    }

    /** An IPv4 address in IPv6's clothes ({@code ::ffff:127.0.0.1}) is one of IPv4, to Docker and to the kernel's rules. */
    private static IpAddress unmapped(IpAddress address) {
        byte[] bytes = address.bytes();
        return address.family() == IpFamily.IPV6 && Arrays.mismatch(bytes, MAPPED) == MAPPED.length
                ? IpAddress.of(Arrays.copyOfRange(bytes, MAPPED.length, bytes.length))
                : address;
    }

    private static String unbracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw refused(text, "missing ']' in address");
        }
        if (end != text.length() - 1) {
            throw refused(text, text.charAt(end + 1) == ':' ? "too many colons in address" : "missing port in address");
        }
        String bare = text.substring(1, end);
        if (bare.contains("[")) {
            throw refused(text, "unexpected '[' in address");
        }
        return bare;
    }

    private static IllegalArgumentException refused(String text, String reason) {
        return new IllegalArgumentException("invalid IP address " + text + ": address " + text + ":: " + reason);
    }
}
