package io.netd.netctl.api;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code trace} is asked for.
 *
 * @param source a container or an address; absent for the daemon's host
 * @param destination an address or a container
 * @param port 1 to 65535
 * @param protocol tcp, udp or sctp
 */
public record TraceSpec(Optional<String> source, String destination, int port, String protocol) {
    private static final int LAST_PORT = 65535;
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

    /** Refuses empty names. */
    public TraceSpec {
        if (destination.isEmpty() || source.filter(String::isEmpty).isPresent()) {
            throw invalid("a container or an address must be named");
        }
    }

    /**
     * Reads {@code DST:PORT[/proto]}, an IPv6 address in brackets.
     *
     * @throws NetdException naming what is wrong with it
     */
    public static TraceSpec parse(Optional<String> source, String target) {
        int slash = target.indexOf('/');
        String protocol = slash < 0 ? "tcp" : target.substring(slash + 1).toLowerCase(Locale.ROOT);
        String ends = slash < 0 ? target : target.substring(0, slash);
        int colon = ends.lastIndexOf(':');
        if (colon < 1 || ends.endsWith("]")) {
            throw invalid("no port in " + target + ": it must be DST:PORT[/tcp|udp|sctp]");
        }
        if (!PROTOCOLS.contains(protocol)) {
            throw invalid("invalid proto: " + protocol);
        }
        return new TraceSpec(
                source.map(TraceSpec::bare), bare(ends.substring(0, colon)), port(ends.substring(colon + 1)), protocol);
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= LAST_PORT) {
                return port;
            }
        }
        throw invalid("invalid port: " + text);
    }

    private static String bare(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static NetdException invalid(String message) {
        return new NetdException(NetdException.Kind.INVALID, message);
    }
}
