package io.netd.daemon.config;

import java.util.Optional;

/** The version this was built as. */
public final class Version {
    private static final String UNPACKED = "0.1.0-SNAPSHOT";

    private Version() {}

    /** As the jar's manifest has it. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse(UNPACKED);
    }
}
