package io.netd.address;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** An Ethernet address of 48 bits, held in the low bits of {@code bits}. */
public record MacAddress(long bits) implements Comparable<MacAddress> {
    private static final int LENGTH = 6;

    /** Refuses more than 48 bits. */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(bits));
        }
    }

    /**
     * Reads six pairs of hexadecimal digits with colons or dashes between them.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static MacAddress parse(String text) {
        String[] parts = text.split(text.indexOf('-') < 0 ? ":" : "-", -1);
        long bits = parts.length == LENGTH ? 0 : -1;
        for (int i = 0; i < parts.length && bits >= 0; i++) {
            int octet = parts[i].length() == 2 ? Digits.read(parts[i], 16, 2) : -1;
            bits = octet < 0 ? -1 : bits << Byte.SIZE | octet;
        }
        if (bits < 0) {
            throw new IllegalArgumentException("invalid MAC address: " + text);
        }
        return new MacAddress(bits);
    }

    /**
     * The address with these bytes.
     *
     * @throws IllegalArgumentException unless there are six
     */
    public static MacAddress of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
        }
        return new MacAddress(
                ByteBuffer.allocate(Long.BYTES).position(2).put(bytes).getLong(0));
    }

    /** A random unicast address from the locally administered range. */
    public static MacAddress randomLocal() {
        long random = ThreadLocalRandom.current().nextLong() >>> 16;
        return new MacAddress(random & ~(1L << 40) | 1L << 41);
    }

    /** A fresh array with the six bytes in network order. */
    public byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer.allocate(Long.BYTES).putLong(0, bits).position(2).get(bytes);
        return bytes;
    }

    /** Whether the group bit is set, so that no interface can have this address. */
    public boolean isMulticast() {
        return (bits >>> 40 & 1) != 0;
    }

    /** Whether the address is from the locally administered range. */
    public boolean isLocal() {
        return (bits >>> 41 & 1) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** Lower-case pairs with colons: {@code 02:42:ac:11:00:02}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (byte octet : bytes()) {
            text.append(text.isEmpty() ? "" : ":")
                    .append(Character.forDigit(octet >> 4 & 0xf, 16))
                    .append(Character.forDigit(octet & 0xf, 16));
        }
        return text.toString();
    }
}
