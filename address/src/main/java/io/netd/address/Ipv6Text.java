package io.netd.address;

import java.nio.ByteBuffer;
import java.util.Optional;

/** IPv6 literals: read as RFC 4291 2.2 allows, written as RFC 5952 asks. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static Optional<byte[]> read(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true).filter(bytes -> bytes.length == 16);
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        Optional<byte[]> head = before.isEmpty() ? Optional.of(new byte[0]) : groups(before, false);
        Optional<byte[]> tail = after.isEmpty() ? Optional.of(new byte[0]) : groups(after, true);
        return head.flatMap(h -> tail.flatMap(t -> joined(h, t)));
    }

    /** The gap stands for at least one group of zeros. */
    private static Optional<byte[]> joined(byte[] head, byte[] tail) {
        if (head.length + tail.length > 2 * (GROUPS - 1)) {
            return Optional.empty();
        }
        ByteBuffer all = ByteBuffer.allocate(2 * GROUPS).put(head);
        return Optional.of(all.position(2 * GROUPS - tail.length).put(tail).array());
    }

    private static Optional<byte[]> groups(String text, boolean last) {
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * GROUPS + 2);
        for (int i = 0; i < parts.length; i++) {
            boolean quad = last && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            Optional<byte[]> part = quad ? Ipv4Text.read(parts[i]) : group(parts[i]);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            bytes.put(part.get());
        }
        byte[] read = new byte[bytes.flip().remaining()];
        bytes.get(read);
        return Optional.of(read);
    }

    private static Optional<byte[]> group(String text) {
        int value = Digits.read(text, 16, 4);
        return value < 0 ? Optional.empty() : Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
    }

    static String write(byte[] bytes) {
        if (isMapped(bytes)) {
            return "::ffff:" + Ipv4Text.write(bytes, 12);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ByteBuffer.wrap(bytes).getShort(2 * i) & 0xffff;
        }
        int start = longestZeros(groups);
        if (start < 0) {
            return hex(groups, 0, GROUPS);
        }
        return hex(groups, 0, start) + "::" + hex(groups, start + zerosAt(groups, start), GROUPS);
    }

    private static boolean isMapped(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return buffer.getLong() == 0 && buffer.getInt() == 0xffff;
    }

    private static String hex(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** The first of the longest runs of at least two zero groups, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int zeros = zerosAt(groups, i);
            if (zeros > length) {
                best = i;
                length = zeros;
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
