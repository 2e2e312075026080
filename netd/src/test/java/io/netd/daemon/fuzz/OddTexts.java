package io.netd.daemon.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Texts that are nearly right, or nothing at all. */
final class OddTexts {
    private static final int LONG = 1 << 20;

    private static final List<String> ODD = List.of(
            "",
            " ",
            "-",
            ".",
            "..",
            "/",
            "../../etc",
            "a/b",
            "a:b",
            "%d",
            "eth%d",
            "%s%n",
            "all",
            "default",
            "lo",
            "eth0",
            "eth0123456789abcd",
            "0",
            "-1",
            "0x10",
            "1e9",
            "99999999999999999999",
            "0.0.0.0",
            "0.0.0.0/0",
            "255.255.255.255",
            "127.0.0.1",
            "224.0.0.1/4",
            "10.88.0.0/33",
            "10.88.0.5/32",
            "10.88.0.0/31",
            "10.88.0.256",
            "010.088.000.001",
            "::",
            "::1",
            "fe80::1%eth0",
            "::ffff:10.88.0.1/96",
            "fd00::/128",
            "1::2::3",
            "00:00:00:00:00:00",
            "ff:ff:ff:ff:ff:ff",
            "01:00:5e:00:00:01",
            "02:00:00:00:00",
            "02-00-00-00-00-01",
            "tcp",
            "TCP",
            "sctp",
            "icmp",
            "true",
            "1.1.0",
            "9.0.0",
            "0.1.0",
            "1.1",
            "\0",
            "a\0b",
            "\n",
            "a\nb",
            "\u001b[2J",
            "\ud800",
            "a\udc00",
            "\ufeff",
            "\u202e",
            "\ud83d\ude00",
            "ä",
            "İ",
            "$(id)",
            "'; id; '",
            "\"",
            "\\",
            "{}",
            "IP=10.88.0.9;MAC=zz",
            "IgnoreUnknown=maybe",
            "=;=;;",
            "A=B=C");

    private OddTexts() {}

    /** One of its own, or the given one with a change. */
    static String like(String text, RandomGenerator random) {
        if (text.isEmpty() || random.nextInt(3) == 0) {
            return any(random);
        }
        int at = random.nextInt(text.length());
        String before = text.substring(0, at);
        String after = text.substring(at);
        return switch (random.nextInt(6)) {
            case 0 -> before;
            case 1 -> before + after.substring(1);
            case 2 -> before + any(random) + after;
            case 3 -> before + (char) (after.charAt(0) ^ 1 << random.nextInt(7)) + after.substring(1);
            case 4 -> text.repeat(1 + random.nextInt(40));
            default -> text + text.charAt(at);
        };
    }

    static String any(RandomGenerator random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    /** As much as fits into an input, or more than that. */
    static String huge(RandomGenerator random) {
        return "0aä\"\0".substring(random.nextInt(5)).substring(0, 1).repeat(LONG / 2 + random.nextInt(LONG));
    }
}
