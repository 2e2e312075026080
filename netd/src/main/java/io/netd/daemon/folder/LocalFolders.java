package io.netd.daemon.folder;

import io.netd.linux.fs.FileFailure;
import io.netd.linux.sys.LinuxException;
import io.netd.netctl.api.CniSetup;
import io.netd.netctl.api.PluginChange;
import io.netd.netctl.api.PluginCheck;
import io.netd.plugins.spi.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A runtime's folders as this process sees them.
 *
 * @param here what relative paths count from
 * @param home netd's own plugin folder
 * @param plugins the types that netd serves
 * @param environment whose {@code NETD_HOST} says where the daemon listens
 */
public record LocalFolders(Path here, Path home, List<Plugin> plugins, Map<String, String> environment)
        implements CniSetup {
    /** Keeps copies. */
    public LocalFolders {
        plugins = List.copyOf(plugins);
        environment = Map.copyOf(environment);
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    @Override
    public void install(String pluginFolder, Consumer<PluginChange> done) {
        told(() -> new PluginFolder(here.resolve(pluginFolder), home, done).install());
    }

    @Override
    public void uninstall(String pluginFolder, Consumer<PluginChange> done) {
        told(() -> new PluginFolder(here.resolve(pluginFolder), home, done).uninstall());
    }

    @Override
    public List<PluginCheck> check(String configFolder, String pluginFolder) {
        Path binaries = here.resolve(pluginFolder);
        PluginVerdicts verdicts = new PluginVerdicts(plugins, binaries, home, DaemonStatus.ask(home, environment));
        List<PluginCheck> checks = new ArrayList<>();
        told(() -> checks.addAll(new ConfigFolder(here.resolve(configFolder)).check(verdicts)));
        return checks;
    }

    private static void told(Work work) {
        try {
            work.run();
        } catch (FileSystemException e) {
            String reason = FileFailure.reason(e);
            String file = String.valueOf(e.getFile());
            throw failure(reason.startsWith(file) ? reason : file + ": " + reason, e);
        } catch (IOException | LinuxException e) {
            throw failure(FileFailure.reason(e), e);
        }
    }

    private static UncheckedIOException failure(String message, Exception cause) {
        return new UncheckedIOException(new IOException(message, cause));
    }
}
