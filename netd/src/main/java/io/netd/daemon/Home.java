package io.netd.daemon;

import java.nio.file.Path;

/** Where this program is installed. */
final class Home {
    private Home() {}

    /** The program between clone and exec. {@code netd.launcher} names another one. */
    static Path launcher() {
        Path home = Path.of(System.getProperty("netd.home", "/usr/lib/netd"));
        return Path.of(System.getProperty(
                "netd.launcher", home.resolve("lib/netd-launch").toString()));
    }
}
