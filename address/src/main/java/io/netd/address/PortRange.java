package io.netd.address;

/** Consecutive ports from {@code first} to {@code last}, both included, within 1 to 65535. */
public record PortRange(int first, int last) {
    private static final int MAX = 65_535;

    /** Refuses ports out of range and a range that goes down. */
    public PortRange {
        if (first < 1 || last > MAX || first > last) {
            throw new IllegalArgumentException("invalid port range: " + first + "-" + last);
        }
    }

    /** The range of one port. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /**
     * Reads {@code 80} or {@code 80-90}.
     *
     * @throws IllegalArgumentException when it is anything else, or out of range
     */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        int first = Digits.read(dash < 0 ? text : text.substring(0, dash), 10, 5);
        int last = dash < 0 ? first : Digits.read(text.substring(dash + 1), 10, 5);
        if (first < 1 || last > MAX || first > last) {
            throw new IllegalArgumentException("invalid port range: " + text);
        }
        return new PortRange(first, last);
    }

    /** How many ports there are. */
    public int size() {
        return last - first + 1;
    }

    /** Whether the port is in the range. */
    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** {@code 80} or {@code 80-90}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
