package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The value of {@code -p}: {@code [[hostIp:][hostPort[-end]]:]containerPort[-end][/protocol]}, with Docker's error texts. */
public final class PublishFlag {
    private static final int MAX_LENGTH = 256;

    private PublishFlag() {}

    /**
     * One mapping for each container port. A missing host port becomes 0, which stands for a free one.
     *
     * @throws IllegalArgumentException with Docker's sentence about what is wrong
     */
    public static List<PortMapping> parse(String flag) {
        if (flag.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("invalid publish value: longer than " + MAX_LENGTH + " characters");
        }
        Parts parts = Parts.of(flag);
        Protocol protocol = protocol(parts.protocol());
        Optional<IpAddress> hostIp = hostIp(parts.hostIp());
        if (parts.containerPorts().isEmpty()) {
            throw new IllegalArgumentException("no port specified: " + flag + "<empty>");
        }
        PortRange inside = range("containerPort", parts.containerPorts());
        if (parts.hostPorts().isEmpty()) {
            return mappings(hostIp, Optional.empty(), inside, protocol);
        }
        PortRange outside = range("hostPort", parts.hostPorts());
        if (outside.size() != inside.size()) {
            throw new IllegalArgumentException("invalid ranges specified for container and host Ports: "
                    + parts.containerPorts() + " and " + parts.hostPorts());
        }
        return mappings(hostIp, Optional.of(outside), inside, protocol);
    }

    private static List<PortMapping> mappings(
            Optional<IpAddress> hostIp, Optional<PortRange> outside, PortRange inside, Protocol protocol) {
        List<PortMapping> mappings = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            int hostPort = outside.isPresent() ? outside.get().first() + i : 0;
            mappings.add(new PortMapping(hostIp, hostPort, inside.first() + i, protocol));
        }
        return List.copyOf(mappings);
    }

    private static Protocol protocol(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            return Protocol.parse(lower);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid proto: " + lower, e);
        }
    }

    private static Optional<IpAddress> hostIp(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpAddress.parse(bare));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid IP address: " + bare, e);
        }
    }

    private static PortRange range(String what, String text) {
        try {
            return PortRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid " + what + ": " + text, e);
        }
    }

    /** The text cut at its colons and its slash; the last two colon-separated parts are the ports, as in Docker. */
    private record Parts(String hostIp, String hostPorts, String containerPorts, String protocol) {
        static Parts of(String flag) {
            int lastColon = flag.lastIndexOf(':');
            String container = flag.substring(lastColon + 1);
            String before = lastColon < 0 ? "" : flag.substring(0, lastColon);
            int portColon = before.lastIndexOf(':');
            int slash = container.indexOf('/');
            String ports = slash < 0 ? container : container.substring(0, slash);
            String protocol = slash < 0 ? "" : container.substring(slash + 1);
            return new Parts(
                    portColon < 0 ? "" : before.substring(0, portColon),
                    before.substring(portColon + 1),
                    ports,
                    protocol.isEmpty() ? "tcp" : protocol);
        }
    }
}
