package io.netd.address;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address without a zone. An IPv4-mapped IPv6 address stays an IPv6 address. IPv4 addresses sort before
 * IPv6 addresses, within a family the order is numeric.
 */
public final class IpAddress implements Comparable<IpAddress> {
    private static final long IPV4_MASK = 0xffff_ffffL;

    private final IpFamily family;
    private final long high;
    private final long low;

    private IpAddress(IpFamily family, long high, long low) {
        this.family = family;
        this.high = high;
        this.low = low;
    }

    /**
     * Reads an address literal; names are never looked up.
     *
     * @throws IllegalArgumentException when the text is not a dotted quad without leading zeros, nor an IPv6 literal
     *     without a zone
     */
    public static IpAddress parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("invalid IP address: " + text));
    }

    /** Reads a text that may be something else than an address literal; empty if it is. */
    public static Optional<IpAddress> read(String text) {
        return (text.indexOf(':') < 0 ? Ipv4Text.read(text) : Ipv6Text.read(text)).map(IpAddress::of);
    }

    /**
     * The address with these bytes in network order.
     *
     * @throws IllegalArgumentException unless there are 4 or 16 bytes
     */
    public static IpAddress of(byte[] networkOrder) {
        ByteBuffer buffer = ByteBuffer.wrap(networkOrder);
        return switch (networkOrder.length) {
            case 4 -> new IpAddress(IpFamily.IPV4, 0, buffer.getInt() & IPV4_MASK);
            case 16 -> new IpAddress(IpFamily.IPV6, buffer.getLong(), buffer.getLong());
            default ->
                throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + networkOrder.length);
        };
    }

    /** The address that binds to every interface: {@code 0.0.0.0} or {@code ::}. */
    public static IpAddress any(IpFamily family) {
        return new IpAddress(family, 0, 0);
    }

    /** A fresh array with the 4 or 16 bytes in network order. */
    public byte[] bytes() {
        return family == IpFamily.IPV4
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array()
                : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /** The family of this address. */
    public IpFamily family() {
        return family;
    }

    /** Whether this is {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return high == 0 && low == 0;
    }

    /** Whether this is in {@code 127.0.0.0/8} or {@code ::1}. */
    public boolean isLoopback() {
        return family == IpFamily.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** Whether this is in {@code 224.0.0.0/4} or {@code ff00::/8}. */
    public boolean isMulticast() {
        return family == IpFamily.IPV4 ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** Whether this is in {@code 169.254.0.0/16} or {@code fe80::/10}. */
    public boolean isLinkLocal() {
        return family == IpFamily.IPV4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80 >>> 6;
    }

    /**
     * The address this far away; a negative distance goes down.
     *
     * @throws IllegalArgumentException when the family's address space ends before
     */
    public IpAddress plus(long distance) {
        BigInteger sum = number().add(BigInteger.valueOf(distance));
        if (sum.signum() < 0 || sum.bitLength() > family.bits()) {
            throw new IllegalArgumentException("no " + family + " address at " + this + " + " + distance);
        }
        return of(family, sum);
    }

    /** The address as a non-negative number. */
    public BigInteger number() {
        return new BigInteger(1, bytes());
    }

    /**
     * The address of a family with this number.
     *
     * @throws IllegalArgumentException when the number is negative or has too many bits
     */
    public static IpAddress of(IpFamily family, BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > family.bits()) {
            throw new IllegalArgumentException("no " + family + " address has the number " + number);
        }
        return new IpAddress(family, number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }

    /** The same address as the JDK's type; an IPv4-mapped address stays an {@link Inet6Address}. */
    public InetAddress toInetAddress() {
        try {
            return family == IpFamily.IPV4
                    ? InetAddress.getByAddress(bytes())
                    : Inet6Address.getByAddress(null, bytes(), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("the length of an IpAddress is always legal", e);
        }
    }

    /** This address with its first {@code length} bits kept and the others zero. */
    IpAddress masked(int length) {
        int ignored = family.bits() - length;
        long highMask = ignored >= Long.SIZE ? shifted(ignored - Long.SIZE) : -1;
        long lowMask = ignored >= Long.SIZE ? 0 : shifted(ignored);
        return new IpAddress(family, high & highMask, low & lowMask);
    }

    /** This address with its first {@code length} bits kept and the others one. */
    IpAddress filled(int length) {
        IpAddress none = masked(length);
        IpAddress all =
                new IpAddress(family, family == IpFamily.IPV4 ? 0 : -1, family == IpFamily.IPV4 ? IPV4_MASK : -1);
        IpAddress kept = all.masked(length);
        return new IpAddress(family, none.high | (all.high ^ kept.high), none.low | (all.low ^ kept.low));
    }

    private static long shifted(int zeros) {
        return zeros == Long.SIZE ? 0 : -1L << zeros;
    }

    @Override
    public int compareTo(IpAddress other) {
        int families = family.compareTo(other.family);
        int highs = Long.compareUnsigned(high, other.high);
        return families != 0 ? families : highs != 0 ? highs : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof IpAddress other && family == other.family && high == other.high && low == other.low;
    }

    @Override
    public int hashCode() {
        return Objects.hash(family.bits(), high, low);
    }

    /** The canonical text: a dotted quad, or RFC 5952's form. */
    @Override
    public String toString() {
        return family == IpFamily.IPV4 ? Ipv4Text.write(bytes(), 0) : Ipv6Text.write(bytes());
    }
}
