package io.netd.plugins.spi;

/** Settings of the host that attachments share, such as ip_forward. */
@FunctionalInterface
public interface HostSettings {
    /**
     * Sets a sysctl of the host where it has another value. It is no part of the attachment: an ADD that fails leaves it,
     * for another may count on it by then. What it was is given back when netd is uninstalled.
     *
     * @param key its path below /proc/sys
     */
    void ensure(String key, String value);
}
