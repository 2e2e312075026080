package io.netd.cni;

/** The name of a network: letters, digits, dot, dash and underscore, at most 200. */
public record NetworkName(String value) {
    /** Refuses what the specification does, with code 7, and what cannot be a directory's name. */
    public NetworkName {
        if (value.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIG, "missing network name");
        }
        if (!Identifier.isValid(value)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIG,
                    "name " + Identifier.quoted(value) + ": invalid characters found in network name, or over "
                            + Identifier.MAX_LENGTH,
                    value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
