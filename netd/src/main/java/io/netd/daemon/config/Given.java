package io.netd.daemon.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values as they were given, parsed one by one; a failure names the option. */
final class Given {
    private final Map<Option, List<String>> values;

    Given(Map<Option, List<String>> values) {
        this.values = values;
    }

    <T> Optional<T> one(Option option, Function<String, T> parse) {
        List<T> all = all(option, parse);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    <T> List<T> all(Option option, Function<String, T> parse) {
        return values.getOrDefault(option, List.of()).stream()
                .map(text -> parse(option, text, parse))
                .toList();
    }

    private static <T> T parse(Option option, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(option.key() + ": " + e.getMessage());
        }
    }
}
