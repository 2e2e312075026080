package io.netd.daemon.config;

import io.netd.address.IpAddress;
import java.nio.file.Path;

/** Where the daemon listens. */
public sealed interface ListenAddress {
    /**
     * Reads {@code unix:///path} or {@code tcp://address:port}.
     *
     * @throws ConfigException for anything else, and for TCP beyond loopback
     */
    static ListenAddress parse(String text) {
        if (text.startsWith("unix://")) {
            return Unix.parse(text);
        }
        if (text.startsWith("tcp://")) {
            return Tcp.parse(text);
        }
        throw new ConfigException("invalid host \"" + text + "\": it must be unix:///path or tcp://127.0.0.1:port");
    }

    /** A unix socket. */
    record Unix(Path path) implements ListenAddress {
        /** What the kernel takes, without the closing zero (unix(7)). */
        private static final int LONGEST = 107;

        private static Unix parse(String text) {
            String path = text.substring("unix://".length());
            if (!path.startsWith("/") || path.length() > LONGEST) {
                throw new ConfigException("invalid host \"" + text + "\": the path must be absolute and have at most "
                        + LONGEST + " characters");
            }
            return new Unix(Path.of(path));
        }

        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /** A TCP socket on loopback. */
    record Tcp(IpAddress address, int port) implements ListenAddress {
        private static Tcp parse(String text) {
            String rest = text.substring("tcp://".length());
            int colon = rest.lastIndexOf(':');
            if (colon < 0) {
                throw new ConfigException("invalid host \"" + text + "\": it must be tcp://127.0.0.1:port");
            }
            Tcp tcp = new Tcp(address(text, rest.substring(0, colon)), port(text, rest.substring(colon + 1)));
            if (!tcp.address.isLoopback()) {
                throw new ConfigException("refusing to listen on " + text
                        + ": whoever reaches the daemon is root on this host, so TCP is only served on loopback"
                        + " (127.0.0.0/8, [::1]) until there is TLS with client certificates");
            }
            return tcp;
        }

        private static IpAddress address(String text, String literal) {
            boolean isBracketed = literal.startsWith("[") && literal.endsWith("]");
            try {
                return IpAddress.parse(isBracketed ? literal.substring(1, literal.length() - 1) : literal);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("invalid host \"" + text + "\": " + e.getMessage());
            }
        }

        private static int port(String text, String digits) {
            try {
                int port = Integer.parseInt(digits);
                if (port >= 1 && port <= 65535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw new ConfigException("invalid host \"" + text + "\": invalid port: " + digits);
            }
            throw new ConfigException("invalid host \"" + text + "\": invalid port: " + digits);
        }

        @Override
        public String toString() {
            String literal = address.toString();
            return "tcp://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port;
        }
    }
}
