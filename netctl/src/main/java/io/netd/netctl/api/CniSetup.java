package io.netd.netctl.api;

import java.util.List;
import java.util.function.Consumer;

/**
 * The folders of a CNI runtime: its plugins and its networks. Acts where the command runs, with the rights of who runs
 * it; relative paths count from where he is. What fails is a {@link java.io.UncheckedIOException} with one line for him.
 */
public interface CniSetup {
    /** Puts every plugin of netd into a folder and keeps what stood there. Hands over each thing done. */
    void install(String pluginFolder, Consumer<PluginChange> done);

    /** Undoes {@link #install}; nothing is done where nothing was installed. */
    void uninstall(String pluginFolder, Consumer<PluginChange> done);

    /** Reads the networks in the order a runtime does, the default one first: one check for each plugin of each. */
    List<PluginCheck> check(String configFolder, String pluginFolder);
}
