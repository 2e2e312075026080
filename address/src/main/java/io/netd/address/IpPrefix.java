package io.netd.address;

import java.math.BigInteger;

/** An address with a prefix length, such as {@code 172.17.0.1/16}; the host bits are kept. */
public record IpPrefix(IpAddress address, int length) {
    /** Refuses a length beyond the family's. */
    public IpPrefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("invalid prefix length for " + address + ": " + length);
        }
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        int length = slash < 0 ? -1 : Digits.read(text.substring(slash + 1), 10, 3);
        if (length < 0) {
            throw new IllegalArgumentException("invalid CIDR address: " + text);
        }
        try {
            return new IpPrefix(IpAddress.parse(text.substring(0, slash)), length);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid CIDR address: " + text, e);
        }
    }

    /** The prefix that holds only this address: {@code /32} or {@code /128}. */
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    /** The default route's destination: {@code 0.0.0.0/0} or {@code ::/0}. */
    public static IpPrefix any(IpFamily family) {
        return new IpPrefix(IpAddress.any(family), 0);
    }

    /** The family of the address. */
    public IpFamily family() {
        return address.family();
    }

    /** The same prefix with the host bits zero. */
    public IpPrefix network() {
        return new IpPrefix(address.masked(length), length);
    }

    /** Whether the host bits are zero. */
    public boolean isNetwork() {
        return address.equals(address.masked(length));
    }

    /** The last address: all host bits one. On IPv4 networks of four or more addresses, the broadcast address. */
    public IpAddress broadcast() {
        return address.filled(length);
    }

    /** Whether the address is of the same family and in this network. */
    public boolean contains(IpAddress other) {
        return family() == other.family() && other.masked(length).equals(address.masked(length));
    }

    /** Whether the whole of the other network is in this one. */
    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    /** Whether the two networks share an address. */
    public boolean overlaps(IpPrefix other) {
        return contains(other) || other.contains(this);
    }

    /** How many addresses the network has, the first and the last included. */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(family().bits() - length);
    }

    /** {@code address/length}. */
    @Override
    public String toString() {
        return address + "/" + length;
    }
}
