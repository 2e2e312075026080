package io.netd.engine.event;

/**
 * Payload of {@code netd.network.*}.
 *
 * @param version of this record
 * @param name the network
 * @param bridge its link
 * @param subnet its IPv4 subnet
 * @param subnet6 its IPv6 subnet; empty without
 */
public record NetworkChange(int version, String name, String bridge, String subnet, String subnet6) {}
