package io.netd.engine.event;

/**
 * Payload of {@code netd.port.*}.
 *
 * @param version of this record
 * @param container the container's id
 * @param name what a person calls it
 * @param hostIp host address, {@code 0.0.0.0} for any
 * @param hostPort host port
 * @param containerPort container's port
 * @param protocol tcp, udp or sctp
 */
public record PortChange(
        int version, String container, String name, String hostIp, int hostPort, int containerPort, String protocol) {}
