package io.netd.runtime.container;

import io.netd.runtime.ContainerException;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names of containers: what is allowed, and made-up ones of an adjective and a surname. */
final class ContainerName {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int LONGEST = 255;
    private static final int TRIES = 20;
    private static final int DIGITS = 10_000;

    private static final List<String> ADJECTIVES = List.of(
            "admiring",
            "agile",
            "bold",
            "brave",
            "bright",
            "busy",
            "calm",
            "clever",
            "cool",
            "curious",
            "dazzling",
            "eager",
            "elegant",
            "fervent",
            "focused",
            "friendly",
            "gentle",
            "happy",
            "hopeful",
            "jolly",
            "keen",
            "kind",
            "lucid",
            "merry",
            "modest",
            "nifty",
            "patient",
            "quirky",
            "relaxed",
            "serene",
            "sharp",
            "silent",
            "sleepy",
            "steady",
            "sweet",
            "tender",
            "trusting",
            "upbeat",
            "vibrant",
            "vigilant",
            "wise",
            "witty",
            "zen");

    private static final List<String> SURNAMES = List.of(
            "abel",
            "archimedes",
            "babbage",
            "bell",
            "bohr",
            "boole",
            "cantor",
            "cerf",
            "curie",
            "darwin",
            "dijkstra",
            "einstein",
            "engelbart",
            "euclid",
            "euler",
            "fermat",
            "fermi",
            "feynman",
            "galileo",
            "gauss",
            "germain",
            "goodall",
            "hamilton",
            "hawking",
            "hopper",
            "hypatia",
            "kepler",
            "knuth",
            "lamport",
            "leavitt",
            "liskov",
            "lovelace",
            "maxwell",
            "meitner",
            "mendel",
            "newton",
            "noether",
            "pascal",
            "perlman",
            "pike",
            "ritchie",
            "shannon",
            "stallman",
            "tesla",
            "torvalds",
            "turing",
            "wozniak",
            "wright");

    private ContainerName() {}

    static String checked(String name) {
        if (!ALLOWED.matcher(name).matches() || name.length() > LONGEST) {
            throw ContainerException.invalid("Invalid container name (" + name + "), only " + ALLOWED + " are allowed");
        }
        return name;
    }

    /** A free name; the last resort has digits. */
    static String madeUp(RandomGenerator random, Predicate<String> taken) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String name = pick(ADJECTIVES, random) + "_" + pick(SURNAMES, random);
            if (!taken.test(name)) {
                return name;
            }
        }
        return pick(ADJECTIVES, random) + "_" + pick(SURNAMES, random) + random.nextInt(DIGITS);
    }

    private static String pick(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
