package io.netd.daemon.frame;

import java.util.Arrays;

/**
 * How a connection begins.
 *
 * @param oldest protocol version the client speaks
 * @param newest protocol version the client speaks
 */
public record Preface(int oldest, int newest) {
    /** Bytes of a preface. */
    public static final int SIZE = 8;

    /** The one version there is. */
    public static final int VERSION = 1;

    /** What no HTTP request begins with. */
    public static final byte FIRST_BYTE = 0;

    private static final byte[] MAGIC = {FIRST_BYTE, 'N', 'T', 'D'};

    static Preface decode(byte[] bytes) {
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new BrokenFrameException("not a netd client");
        }
        return new Preface(bytes[4] & 0xff, bytes[5] & 0xff);
    }

    /** Whether both sides have a version in common. */
    public boolean isCompatible() {
        return oldest <= VERSION && VERSION <= newest;
    }

    /** The daemon's answer: the version chosen, or 0. */
    public byte[] answer() {
        byte[] bytes = Arrays.copyOf(MAGIC, SIZE);
        bytes[4] = (byte) (isCompatible() ? VERSION : 0);
        return bytes;
    }
}
