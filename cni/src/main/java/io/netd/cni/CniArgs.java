package io.netd.cni;

import io.netd.address.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code CNI_ARGS}: pairs {@code K=V;K=V}. Keys count exactly as they are spelt; a later pair wins. */
public record CniArgs(Map<String, String> values) {
    /** No arguments. */
    public static final CniArgs EMPTY = new CniArgs(Map.of());

    private static final String IGNORE_UNKNOWN = "IgnoreUnknown";

    /** Keeps a copy in the given order. */
    public CniArgs {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads the variable's text.
     *
     * @throws CniException with code 4 when a pair has not exactly one equals sign, or IgnoreUnknown is no boolean
     */
    public static CniArgs parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
                throw refused("invalid pair " + Identifier.quoted(pair));
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        CniArgs args = new CniArgs(values);
        args.isIgnoringUnknown();
        return args;
    }

    /** The value of a key; an empty one counts as absent. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /**
     * The hardware address under {@code MAC}.
     *
     * @throws CniException with code 4 when it is none
     */
    public Optional<MacAddress> mac() {
        try {
            return get("MAC").map(MacAddress::parse);
        } catch (IllegalArgumentException e) {
            throw new CniException(ErrorCode.INVALID_ENVIRONMENT, "CNI_ARGS: MAC: " + e.getMessage(), e);
        }
    }

    /** Whether the caller allows keys that nobody knows. */
    public boolean isIgnoringUnknown() {
        return switch (values.getOrDefault(IGNORE_UNKNOWN, "false").toLowerCase(Locale.ROOT)) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw refused(IGNORE_UNKNOWN + "=" + values.get(IGNORE_UNKNOWN) + " is no boolean");
        };
    }

    /**
     * Refuses keys outside of the given ones, unless the caller set {@code IgnoreUnknown=1}.
     *
     * @throws CniException with code 4 naming all of them
     */
    public void requireKnown(Set<String> known) {
        if (isIgnoringUnknown()) {
            return;
        }
        List<String> unknown = new ArrayList<>();
        values.forEach((key, value) -> {
            if (!known.contains(key) && !key.equals(IGNORE_UNKNOWN)) {
                unknown.add(Identifier.quoted(key + "=" + value));
            }
        });
        if (!unknown.isEmpty()) {
            throw refused("unknown args " + unknown);
        }
    }

    private static CniException refused(String fault) {
        return new CniException(ErrorCode.INVALID_ENVIRONMENT, "CNI_ARGS: " + fault);
    }
}
