package io.netd.engine.event;

/**
 * Payload of {@code netd.port.lost}.
 *
 * @param version of this record
 * @param container the container's id
 * @param name what a person calls it
 * @param hostIp host address, {@code 0.0.0.0} for any
 * @param hostPort host port
 * @param containerPort container's port
 * @param protocol tcp, udp or sctp
 * @param pid the process that has it now; 0 when that is not known
 * @param command that process by name; empty when it is not known
 * @param reason a sentence about it
 */
public record PortLoss(
        int version,
        String container,
        String name,
        String hostIp,
        int hostPort,
        int containerPort,
        String protocol,
        int pid,
        String command,
        String reason) {}
