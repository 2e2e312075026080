package io.netd.daemon.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Changes bytes without regard to what they mean. */
public final class ByteMutation {
    private static final byte[][] ENDS = {
        "}".getBytes(StandardCharsets.UTF_8),
        "{}".getBytes(StandardCharsets.UTF_8),
        {0},
        {(byte) 0xff},
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8),
        "[".repeat(100_000).getBytes(StandardCharsets.UTF_8)
    };

    private ByteMutation() {}

    /** Bytes that were JSON, with one change. */
    public static byte[] change(byte[] text, RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(text, random.nextInt(text.length + 1));
            case 1 -> noise(text.clone(), random);
            case 2 -> join(text, ENDS[random.nextInt(random.nextInt(20) == 0 ? ENDS.length : 6)]);
            case 3 -> join(ENDS[random.nextInt(6)], text);
            case 4 -> twice(text, random);
            case 5 -> new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 6 -> noise(new byte[random.nextInt(300)], random);
            case 7 -> escape(text, random);
            default -> duplicate(text, random);
        };
    }

    private static byte[] noise(byte[] bytes, RandomGenerator random) {
        int count = bytes.length == 0 ? 0 : 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** A stretch of it comes again. */
    private static byte[] twice(byte[] text, RandomGenerator random) {
        int from = random.nextInt(text.length + 1);
        int to = from + random.nextInt(text.length - from + 1);
        return join(Arrays.copyOf(text, to), Arrays.copyOfRange(text, from, text.length));
    }

    /** A key that is there, or is not, comes once more. */
    private static byte[] duplicate(byte[] text, RandomGenerator random) {
        String json = new String(text, StandardCharsets.UTF_8);
        int at = json.indexOf('{', random.nextInt(json.length() + 1));
        String[] keys = {"name", "type", "cniVersion", "subnet", "hostPort", "address", "ipam"};
        String field = "\"" + keys[random.nextInt(keys.length)] + "\":\"" + random.nextInt(3) + "\",";
        return (json.substring(0, at + 1) + field + json.substring(at + 1)).getBytes(StandardCharsets.UTF_8);
    }

    /** What only JSON can say of a text. */
    private static byte[] escape(byte[] text, RandomGenerator random) {
        String json = new String(text, StandardCharsets.UTF_8);
        int at = json.indexOf('"', random.nextInt(json.length() + 1));
        String[] escapes = {"\\ud800", "\\udc00\\ud800", "\\u0000", "\\u", "\\x41", "\\u202e", "\\/"};
        String escape = escapes[random.nextInt(escapes.length)];
        return (json.substring(0, at + 1) + escape + json.substring(at + 1)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
