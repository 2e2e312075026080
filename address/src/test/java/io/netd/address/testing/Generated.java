package io.netd.address.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Input out of a seed, for tests of what must hold whatever comes. {@code -Dnetd.fuzz.seed=7} gives other input, {@code
 * -Dnetd.fuzz.first} begins at the one that failed. The ends of a range come more often than what lies between.
 */
public final class Generated {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("netd.fuzz.first", 0);
    private static final long APART = 1_000_003;

    /** One in so many numbers is an end of its range, and one in so many letters is an odd one. */
    private static final int SELDOM = 8;

    private static final String LETTERS = "abcXYZ0189.:/-_=;,%[]{}\"' ";
    private static final String ODD = "\u0000\n\t\u00e4\u20ac\ud800\udfff\uffff\u007f";

    private Generated() {}

    /** What must hold for some input. */
    @FunctionalInterface
    public interface Property {
        /** Generates the input and looks at what comes of it. */
        void hold(SplittableRandom random) throws Exception;
    }

    /** Tries a property so many times. */
    public static void times(int count, Property property) {
        for (int i = FIRST; i < FIRST + count; i++) {
            try {
                property.hold(new SplittableRandom(SEED * APART + i));
            } catch (Exception | AssertionError | StackOverflowError e) {
                throw new AssertionError("-Dnetd.fuzz.seed=" + SEED + " -Dnetd.fuzz.first=" + i + ": " + e, e);
            }
        }
    }

    /** A number between two, both included. */
    public static int integer(SplittableRandom random, int least, int most) {
        return (int) number(random, least, most);
    }

    /** A number between two, both included. */
    public static long number(SplittableRandom random, long least, long most) {
        if (random.nextInt(SELDOM) == 0) {
            return random.nextBoolean() ? least : most;
        }
        return most == Long.MAX_VALUE
                ? random.nextLong(least, most) >>> random.nextInt(Long.SIZE - 1) | least
                : random.nextLong(least, most + 1);
    }

    /** That many bytes. */
    public static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        int kind = random.nextInt(SELDOM);
        for (int i = 0; i < length && kind > 0; i++) {
            bytes[i] = kind == 1 ? (byte) -1 : (byte) random.nextInt();
        }
        return bytes;
    }

    /** At most that many characters, also such as are no text. */
    public static String text(SplittableRandom random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = integer(random, 0, most); i > 0; i--) {
            String from = random.nextInt(SELDOM) == 0 ? ODD : LETTERS;
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    /** One of them. */
    public static <T> T one(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** At most that many of what is made. */
    public static <T> List<T> list(SplittableRandom random, int most, Function<SplittableRandom, T> made) {
        List<T> list = new ArrayList<>();
        for (int i = integer(random, 0, most); i > 0; i--) {
            list.add(made.apply(random));
        }
        return list;
    }

    /** At most that many of the keys, each with what is made. */
    public static Map<String, Object> map(
            SplittableRandom random, List<String> keys, int most, Function<SplittableRandom, Object> made) {
        Map<String, Object> map = new HashMap<>();
        for (int i = integer(random, 0, most); i > 0; i--) {
            map.put(one(random, keys), made.apply(random));
        }
        return map;
    }
}
