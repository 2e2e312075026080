package io.netd.address;

import java.util.Locale;

/** A transport protocol that has ports which can be published. */
public enum Protocol {
    /** Transmission Control Protocol. */
    TCP(6),
    /** User Datagram Protocol. */
    UDP(17),
    /** Stream Control Transmission Protocol. */
    SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /**
     * Reads a protocol's name in any case.
     *
     * @throws IllegalArgumentException when it is none of the three
     */
    public static Protocol parse(String text) {
        for (Protocol protocol : values()) {
            if (protocol.name().equalsIgnoreCase(text)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("invalid protocol: " + text);
    }

    /** The number in the IP header ({@code IPPROTO_*}). */
    public int number() {
        return number;
    }

    /** The lower-case name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
