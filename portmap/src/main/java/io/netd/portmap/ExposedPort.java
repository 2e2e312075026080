package io.netd.portmap;

import io.netd.address.PortRange;
import io.netd.address.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A port that a container says it listens on; by itself it changes nothing in the kernel.
 *
 * @param port 1 to 65535
 */
public record ExposedPort(int port, Protocol protocol) implements Comparable<ExposedPort> {
    private static final int MAX_LENGTH = 64;

    /** Refuses a number that is no port. */
    public ExposedPort {
        PortRange.of(port);
    }

    /**
     * Reads the value of {@code --expose} or a word of an image's {@code EXPOSE}: {@code 80}, {@code 80-90/udp}.
     *
     * @throws IllegalArgumentException in the words of {@code network.ParsePortRange} of moby
     */
    public static List<ExposedPort> parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("invalid port range: value is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("invalid port range: longer than " + MAX_LENGTH + " characters");
        }
        int slash = text.indexOf('/');
        PortNumbers numbers = PortNumbers.exposed(slash < 0 ? text : text.substring(0, slash));
        Protocol protocol = protocol(slash < 0 ? "" : text.substring(slash + 1).toLowerCase(Locale.ROOT));
        if (numbers.first() == 0) {
            throw new IllegalArgumentException("invalid port range: " + text);
        }
        return IntStream.rangeClosed(numbers.first(), numbers.last())
                .mapToObj(port -> new ExposedPort(port, protocol))
                .toList();
    }

    private static Protocol protocol(String text) {
        try {
            return text.isEmpty() ? Protocol.TCP : Protocol.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid proto: " + text, e);
        }
    }

    /** By number, then by protocol. */
    @Override
    public int compareTo(ExposedPort other) {
        return Comparator.comparingInt(ExposedPort::port)
                .thenComparing(ExposedPort::protocol)
                .compare(this, other);
    }

    /** {@code 80/tcp} */
    @Override
    public String toString() {
        return port + "/" + protocol;
    }
}
