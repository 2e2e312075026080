package io.netd.portmap;

/**
 * Who reserved a port.
 *
 * @param key unique among the reservations of one host, such as {@code 3f2a.../eth0/bridge}
 * @param label what a person calls it, such as {@code container web}
 */
public record PortOwner(String key, String label) {}
