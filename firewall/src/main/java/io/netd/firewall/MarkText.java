package io.netd.firewall;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code VALUE[/MASK]}, numbers as Go's {@code strconv.ParseUint} takes them with base 0, because Docker does. */
final class MarkText {
    private static final Pattern NUMBER = Pattern.compile("(0[xXbBoO]|0(?=[0-9])|)([0-9a-fA-F]+)");

    private MarkText() {}

    static Match.Mark read(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new Match.Mark(number(text, "mark", text))
                : new Match.Mark(
                        number(text.substring(0, slash), "mark", text),
                        number(text.substring(slash + 1), "mask", text));
    }

    private static int number(String digits, String what, String whole) {
        String fault = "invalid firewall " + what + " \"" + whole + "\"";
        Matcher number = NUMBER.matcher(digits);
        if (!number.matches()) {
            throw new IllegalArgumentException(fault);
        }
        try {
            return Integer.parseUnsignedInt(number.group(2), radix(number.group(1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(fault, e);
        }
    }

    private static int radix(String prefix) {
        return switch (prefix.toLowerCase(Locale.ROOT)) {
            case "0x" -> 16;
            case "0b" -> 2;
            case "0o", "0" -> 8;
            default -> 10;
        };
    }
}
