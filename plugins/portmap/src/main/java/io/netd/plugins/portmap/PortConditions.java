package io.netd.plugins.portmap;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.firewall.Framework;
import io.netd.firewall.Match;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code conditionsV4} and {@code conditionsV6}: words of the backend's own language, of which those about addresses
 * and the interface a packet comes in by are understood.
 */
final class PortConditions {
    private final IpFamily family;
    private final Deque<String> words;
    private final List<Match> matches = new ArrayList<>();

    private PortConditions(IpFamily family, List<String> words) {
        this.family = family;
        this.words = new ArrayDeque<>(words);
    }

    /**
     * Returns what a packet must meet to be translated.
     *
     * @param backend whose language it is; absent, the words tell
     * @throws IllegalArgumentException naming the word that is not understood
     */
    static List<Match> read(Optional<Framework> backend, IpFamily family, List<String> words) {
        PortConditions reading = new PortConditions(family, words);
        boolean areOptions = backend.map(language -> language == Framework.IPTABLES)
                .orElseGet(() -> words.stream().anyMatch(word -> word.startsWith("-")));
        while (!reading.words.isEmpty()) {
            reading.add(areOptions ? reading.option() : reading.expression());
        }
        return List.copyOf(reading.matches);
    }

    private void add(Match match) {
        if (matches.stream().anyMatch(other -> other.getClass().equals(match.getClass()))) {
            throw new IllegalArgumentException("two conditions of one kind");
        }
        matches.add(match);
    }

    /** {@code [!] -s|-d|-i value}. */
    private Match option() {
        boolean negated = takeIf("!");
        String option = take();
        return switch (option) {
            case "-s", "--source", "--src" -> new Match.Source(prefix(), negated);
            case "-d", "--destination", "--dst" -> new Match.Destination(prefix(), negated);
            case "-i", "--in-interface" -> new Match.InInterface(take(), negated);
            default -> throw unknown(option);
        };
    }

    /** {@code ip|ip6 saddr|daddr [==|!=] value} or {@code [meta] iifname [==|!=] value}. */
    private Match expression() {
        String word = take();
        if (word.equals(family == IpFamily.IPV4 ? "ip" : "ip6")) {
            String field = take();
            boolean negated = operator();
            return switch (field) {
                case "saddr" -> new Match.Source(prefix(), negated);
                case "daddr" -> new Match.Destination(prefix(), negated);
                default -> throw unknown(word + " " + field);
            };
        }
        String key = word.equals("meta") ? take() : word;
        if (!key.equals("iifname")) {
            throw unknown(key);
        }
        boolean negated = operator();
        return new Match.InInterface(take().replace("\"", ""), negated);
    }

    private boolean operator() {
        boolean negated = takeIf("!=");
        if (!negated) {
            takeIf("==");
        }
        return negated;
    }

    private IpPrefix prefix() {
        String text = take();
        IpPrefix prefix = text.indexOf('/') < 0 ? IpPrefix.host(IpAddress.parse(text)) : IpPrefix.parse(text);
        if (prefix.family() != family) {
            throw new IllegalArgumentException(text + " is not of " + family);
        }
        return prefix;
    }

    private boolean takeIf(String word) {
        boolean is = word.equals(words.peek());
        if (is) {
            words.remove();
        }
        return is;
    }

    private String take() {
        String word = words.poll();
        if (word == null) {
            throw new IllegalArgumentException("it ends too early");
        }
        return word;
    }

    private static IllegalArgumentException unknown(String word) {
        return new IllegalArgumentException("\"" + word + "\" is not understood");
    }
}
