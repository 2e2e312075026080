package io.netd.engine.event;

/**
 * Payload of {@code netd.lease.*}.
 *
 * @param version of this record
 * @param network the network
 * @param container the container's id
 * @param ifName its interface
 * @param address the address with its prefix length
 */
public record LeaseChange(int version, String network, String container, String ifName, String address) {}
