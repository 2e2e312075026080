package io.netd.netctl.api;

/**
 * A host port that leads to a container's port.
 *
 * @param hostIp address as docker prints it: 0.0.0.0 or :: for any
 * @param protocol tcp, udp or sctp
 */
public record PublishedPort(String hostIp, int hostPort, int containerPort, String protocol) {}
