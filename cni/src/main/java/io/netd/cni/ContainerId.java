package io.netd.cni;

/** The runtime's name of a container: letters, digits, dot, dash and underscore, at most 200. */
public record ContainerId(String value) {
    /** Refuses what the specification does, with code 4, and what cannot be part of a file name. */
    public ContainerId {
        if (value.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_ENVIRONMENT, "missing containerID: CNI_CONTAINERID is empty");
        }
        if (!Identifier.isValid(value)) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "CNI_CONTAINERID " + Identifier.quoted(value) + ": invalid characters in containerID, or over "
                            + Identifier.MAX_LENGTH,
                    value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
