package io.netd.plugins.spi;

import io.netd.linux.ns.NetworkNamespace;

/**
 * Names a host by its network namespace. A cookie is unique until the next boot, and so is the
 * state that is filed under it.
 *
 * @param cookie SO_NETNS_COOKIE
 */
public record HostKey(long cookie) {
    private static final int HEXADECIMAL = 16;

    /** The key of an open namespace. */
    public static HostKey of(NetworkNamespace namespace) {
        return new HostKey(namespace.cookie());
    }

    /** Reads what {@link #toString} wrote. */
    public static HostKey parse(String text) {
        return new HostKey(Long.parseUnsignedLong(text, HEXADECIMAL));
    }

    /** A file name: the cookie in hexadecimal. */
    @Override
    public String toString() {
        return Long.toHexString(cookie);
    }
}
