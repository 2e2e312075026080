package io.netd.address;

/** Unsigned numbers in ASCII digits: no sign, no blank, no other script's digits. */
final class Digits {
    private Digits() {}

    /** The value, or -1 when the text is empty, longer than {@code maxLength} or has anything but digits. */
    static int read(String text, int radix, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
