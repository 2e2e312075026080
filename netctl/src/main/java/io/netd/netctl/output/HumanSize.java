package io.netd.netctl.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Byte counts for people, and back. */
public final class HumanSize {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

    private HumanSize() {}

    /** Three significant digits in powers of 1000, as docker prints image sizes: 2.1MB. */
    public static String of(long bytes) {
        BigDecimal value = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (value.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < UNITS.size() - 1) {
            value = value.movePointLeft(3);
            unit++;
        }
        return value.round(new MathContext(3)).stripTrailingZeros().toPlainString() + UNITS.get(unit);
    }

    /**
     * Reads a memory size with an optional suffix b, k, m, g or t in powers of 1024, as docker's {@code -m}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static long parse(String text) {
        String lower = text.strip().toLowerCase(java.util.Locale.ROOT).replaceFirst("(?<=[kmgt])i?b$", "");
        int shift = lower.isEmpty() ? 0 : "bkmgt".indexOf(lower.charAt(lower.length() - 1)) * 10;
        String number = shift < 0 ? lower : lower.substring(0, Math.max(lower.length() - 1, 0));
        try {
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(1L << Math.max(shift, 0)))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("invalid size: '" + text + "'", e);
        }
    }
}
