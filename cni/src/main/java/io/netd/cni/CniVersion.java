package io.netd.cni;

import java.util.Optional;

/** A version of the CNI specification, in rising order. */
public enum CniVersion {
    /** 0.1.0: results with one address per family. */
    V0_1_0("0.1.0"),
    /** 0.2.0: as 0.1.0, with VERSION. */
    V0_2_0("0.2.0"),
    /** 0.3.0: results with interfaces and lists of addresses. */
    V0_3_0("0.3.0"),
    /** 0.3.1: as 0.3.0. */
    V0_3_1("0.3.1"),
    /** 0.4.0: adds CHECK and a result handed to DEL. */
    V0_4_0("0.4.0"),
    /** 1.0.0: addresses without their family's number. */
    V1_0_0("1.0.0"),
    /** 1.1.0: adds STATUS and GC, more keys of interfaces and routes. */
    V1_1_0("1.1.0");

    /** The newest version. */
    public static final CniVersion LATEST = V1_1_0;

    private final String text;

    CniVersion(String text) {
        this.text = text;
    }

    /** The version of exactly this text, if it is supported. */
    public static Optional<CniVersion> of(String text) {
        for (CniVersion version : values()) {
            if (version.text.equals(text)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * The version a configuration names.
     *
     * @throws CniException with code 1 when it is not supported
     */
    public static CniVersion parse(String text) {
        return of(text).orElseThrow(() -> new CniException(
                ErrorCode.INCOMPATIBLE_VERSION,
                "incompatible CNI versions: cniVersion \"" + text + "\" is not supported",
                "supported: " + VersionJson.list()));
    }

    /** Whether this version is the other one or newer. */
    public boolean isAtLeast(CniVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether the command may be asked with a configuration of this version. */
    public boolean supports(Command command) {
        return switch (command) {
            case ADD, DEL, VERSION -> true;
            case CHECK -> isAtLeast(V0_4_0);
            case STATUS, GC -> isAtLeast(V1_1_0);
        };
    }

    /** Whether results of this version hold one address per family and no interfaces. */
    boolean isFlat() {
        return !isAtLeast(V0_3_0);
    }

    /** Whether a result of the other version has the same shape, so that the reference reads it under this one. */
    boolean reads(CniVersion other) {
        return isFlat() == other.isFlat() && isAtLeast(V1_0_0) == other.isAtLeast(V1_0_0);
    }

    /** The version as the protocol writes it: {@code 1.1.0}. */
    @Override
    public String toString() {
        return text;
    }
}
