package io.netd.netctl.api;

/**
 * Who has a host port.
 *
 * @param kind {@code container}, {@code attachment} (of a CNI runtime) or {@code process}
 * @param hostIp address as docker prints it; empty for a process
 * @param hostPort the port
 * @param protocol tcp, udp or sctp
 * @param containerPort where it leads; 0 for a process
 * @param id the container's id; empty for a process
 * @param name the container's name, or the process's
 * @param runtime the CNI runtime that asked for it; empty where there is none, or it is not known
 * @param pid the process; 0 for a container
 * @param cgroup the process's control group, which tells of its service or container; empty when not known
 */
public record PortHolder(
        String kind,
        String hostIp,
        int hostPort,
        String protocol,
        int containerPort,
        String id,
        String name,
        String runtime,
        int pid,
        String cgroup) {}
