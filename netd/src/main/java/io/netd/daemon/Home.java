package io.netd.daemon;

import java.nio.file.Path;

/** Where this program is installed. */
final class Home {
    private Home() {}

    /** The program between clone and exec. {@code netd.launcher} names another one. */
    static Path launcher() {
        return Path.of(System.getProperty(
                "netd.launcher", home().resolve("lib/netd-launch").toString()));
    }

    /** The client under a plugin's name. */
    static Path plugin(String type) {
        return plugins().resolve(type);
    }

    /** The folder of all plugins. */
    static Path plugins() {
        return home().resolve("cni");
    }

    private static Path home() {
        return Path.of(System.getProperty("netd.home", "/usr/lib/netd"));
    }
}
