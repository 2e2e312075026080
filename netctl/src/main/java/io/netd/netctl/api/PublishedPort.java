package io.netd.netctl.api;

/**
 * A host port that leads to a container's port, or a container's port that is exposed and no more.
 *
 * @param hostIp address as docker prints it: 0.0.0.0 or :: for any; empty when the port is not published
 * @param hostPort 0 when the port is not published
 * @param protocol tcp, udp or sctp
 */
public record PublishedPort(String hostIp, int hostPort, int containerPort, String protocol) {
    /** A port that is exposed only. */
    public static PublishedPort exposed(int containerPort, String protocol) {
        return new PublishedPort("", 0, containerPort, protocol);
    }

    /** Whether both are about one port of the container's. */
    public boolean leadsToSameAs(PublishedPort other) {
        return containerPort == other.containerPort && protocol.equals(other.protocol);
    }

    /** Whether a host port leads to it. */
    public boolean isPublished() {
        return !hostIp.isEmpty();
    }
}
