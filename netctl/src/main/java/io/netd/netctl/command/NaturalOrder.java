package io.netd.netctl.command;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Texts with numbers in them, as people sort them: {@code 80/tcp} before {@code 443/tcp}. */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        List<String> left = pieces(one);
        List<String> right = pieces(other);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = comparePieces(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int bySize = Integer.compare(left.size(), right.size());
        return bySize != 0 ? bySize : one.compareTo(other);
    }

    private static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static int comparePieces(String one, String other) {
        boolean areNumbers = isNumber(one) && isNumber(other);
        return areNumbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
