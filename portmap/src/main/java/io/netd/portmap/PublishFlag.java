package io.netd.portmap;

import io.netd.address.IpAddress;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The value of {@code -p}: {@code [[hostIp:][hostPort[-end]]:]containerPort[-end][/protocol]}, or Docker's long form
 * {@code published=,target=,protocol=,mode=}. Grammar and error texts are those of {@code nat.ParsePortSpec} in
 * docker/go-connections, which {@code docker run} uses.
 */
public final class PublishFlag {
    private static final int MAX_LENGTH = 256;

    /** Each port is an object in several documents and a descriptor; one who asks for more is not to exhaust the daemon. */
    private static final int MOST_PORTS = 20_000;

    private PublishFlag() {}

    /**
     * One request for each container port. A host port that is missing or 0 stands for a free one, a host range with a
     * single container port for the first of it that is free.
     *
     * @throws IllegalArgumentException with Docker's sentence about what is wrong
     */
    public static List<PortRequest> parse(String flag) {
        if (flag.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("invalid publish value: longer than " + MAX_LENGTH + " characters");
        }
        return parseShort(flag.contains("=") ? LongPublish.toShort(flag) : flag);
    }

    /**
     * The requests of several values that somebody asks for now, in order.
     *
     * @throws IllegalArgumentException also for more ports than a container may publish
     */
    public static List<PortRequest> parseAll(List<String> flags) {
        List<PortRequest> requests = new ArrayList<>();
        for (String flag : flags) {
            requests.addAll(parse(flag));
            requireFew(requests.size());
        }
        return List.copyOf(requests);
    }

    /** The requests of several values that were accepted before, in order: however many an earlier netd let through. */
    public static List<PortRequest> parseAccepted(List<String> flags) {
        return flags.stream().flatMap(flag -> parse(flag).stream()).toList();
    }

    /** Refuses more ports than a container may publish. */
    public static void requireFew(int ports) {
        if (ports > MOST_PORTS) {
            throw new IllegalArgumentException("too many published ports: a container has at most " + MOST_PORTS);
        }
    }

    private static List<PortRequest> parseShort(String flag) {
        Parts parts = Parts.of(flag);
        if (parts.containerPorts().isEmpty()) {
            throw new IllegalArgumentException("no port specified: " + flag + "<empty>");
        }
        Protocol protocol = protocol(parts.protocol());
        List<IpAddress> hostIps = PublishAddress.parse(parts.hostIp()).stream().toList();
        PortNumbers inside = numbers("containerPort", parts.containerPorts());
        if (inside.first() == 0) {
            throw new IllegalArgumentException("invalid containerPort: " + parts.containerPorts());
        }
        if (parts.hostPorts().isEmpty()) {
            return each(inside, i -> new PortRequest(hostIps, Optional.empty(), inside.first() + i, protocol));
        }
        PortNumbers outside = numbers("hostPort", parts.hostPorts());
        if (inside.size() == 1) {
            return List.of(new PortRequest(hostIps, choice(outside, parts.hostPorts()), inside.first(), protocol));
        }
        if (outside.size() != inside.size()) {
            throw new IllegalArgumentException("invalid ranges specified for container and host Ports: "
                    + parts.containerPorts() + " and " + parts.hostPorts());
        }
        return each(inside, i -> new PortRequest(hostIps, only(outside.first() + i), inside.first() + i, protocol));
    }

    private static List<PortRequest> each(PortNumbers inside, IntFunction<PortRequest> request) {
        List<PortRequest> requests = new ArrayList<>(inside.size());
        for (int i = 0; i < inside.size(); i++) {
            requests.add(request.apply(i));
        }
        return List.copyOf(requests);
    }

    private static Optional<PortRange> choice(PortNumbers outside, String text) {
        if (outside.size() == 1) {
            return only(outside.first());
        }
        if (outside.first() == 0) {
            throw new IllegalArgumentException("invalid hostPort: " + text);
        }
        return Optional.of(new PortRange(outside.first(), outside.last()));
    }

    private static Optional<PortRange> only(int port) {
        return port == 0 ? Optional.empty() : Optional.of(PortRange.of(port));
    }

    private static Protocol protocol(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            return Protocol.parse(lower);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid proto: " + lower, e);
        }
    }

    private static PortNumbers numbers(String what, String text) {
        try {
            return PortNumbers.parse(text);
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
