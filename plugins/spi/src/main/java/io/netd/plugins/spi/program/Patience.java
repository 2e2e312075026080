package io.netd.plugins.spi.program;

import io.netd.cni.Command;
import io.netd.cni.Settings;
import java.time.Duration;

/** How long an address program may take. */
final class Patience {
    private static final int USUAL_SECONDS = 60;
    private static final int MOST_SECONDS = 600;
    /** STATUS has to be answered within a second, by whoever asks for it. */
    private static final Duration STATUS = Duration.ofMillis(700);

    private Patience() {}

    /** {@code ipam.netd.timeout} in seconds, as far as it is up to the configuration. */
    static Duration of(Settings config, Command command) {
        int seconds = config.settings("ipam")
                .flatMap(ipam -> ipam.settings("netd"))
                .flatMap(netd -> netd.integer("timeout", 1, MOST_SECONDS).stream()
                        .boxed()
                        .findFirst())
                .orElse(USUAL_SECONDS);
        return command == Command.STATUS ? STATUS : Duration.ofSeconds(seconds);
    }
}
