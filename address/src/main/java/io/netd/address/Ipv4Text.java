package io.netd.address;

import java.util.Optional;

/** Dotted quads. */
final class Ipv4Text {
    private Ipv4Text() {}

    /** The four bytes of a dotted quad; leading zeros are refused because some readers take them for octal. */
    static Optional<byte[]> read(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < bytes.length; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) octet;
        }
        return Optional.of(bytes);
    }

    private static int octet(String text) {
        int value = Digits.read(text, 10, 3);
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
        return leadingZero || value > 255 ? -1 : value;
    }

    static String write(byte[] bytes, int offset) {
        StringBuilder text = new StringBuilder(15);
        for (int i = offset; i < offset + 4; i++) {
            text.append(i == offset ? "" : ".").append(bytes[i] & 0xff);
        }
        return text.toString();
    }
}
