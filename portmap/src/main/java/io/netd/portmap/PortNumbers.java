package io.netd.portmap;

/**
 * One number or two as Docker reads them: {@code 80}, {@code 80-90}. Zero is a number here; what it means depends on whose
 * port it is.
 *
 * @param first 0 to 65535
 * @param last not below {@code first}
 */
record PortNumbers(int first, int last) {
    private static final int MAX = 65_535;
    private static final int LONGEST = 9;

    /**
     * Reads the text as {@code nat.ParsePortRange} of docker/go-connections does: a plus sign and leading zeros are fine.
     *
     * @throws IllegalArgumentException in Docker's words
     */
    static PortNumbers parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty string specified for ports");
        }
        int dash = text.indexOf('-');
        String start = dash < 0 ? text : text.substring(0, dash);
        String end = dash < 0 ? start : text.substring(dash + 1);
        int first = number("start", start);
        int last = end.equals(start) ? first : number("end", end);
        if (last < first) {
            throw new IllegalArgumentException("invalid port range: " + text);
        }
        return new PortNumbers(first, last);
    }

    /** The same for a port that is exposed: an empty text has an empty first number, and nothing may be signed. */
    static PortNumbers exposed(String text) {
        if (text.isEmpty() || text.startsWith("+")) {
            throw new IllegalArgumentException(
                    "invalid start port '" + text + "': " + (text.isEmpty() ? "value is empty" : "invalid syntax"));
        }
        return parse(text);
    }

    private static int number(String which, String text) {
        try {
            return number(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid " + which + " port '" + text + "': " + e.getMessage(), e);
        }
    }

    /**
     * Reads one number.
     *
     * @throws IllegalArgumentException saying only what is wrong with it
     */
    static int number(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("value is empty");
        }
        String digits = text.replaceFirst("^[+-]", "");
        if (!digits.matches("[0-9]+")) {
            throw new IllegalArgumentException("invalid syntax");
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        int value = significant.length() > LONGEST ? Integer.MAX_VALUE : Integer.parseInt(significant);
        if (value > MAX || value > 0 && text.startsWith("-")) {
            throw new IllegalArgumentException("value out of range (0–65535)");
        }
        return value;
    }

    /** How many there are. */
    int size() {
        return last - first + 1;
    }
}
