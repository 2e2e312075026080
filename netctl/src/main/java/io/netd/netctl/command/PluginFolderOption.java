package io.netd.netctl.command;

import picocli.CommandLine.Option;

/** The {@code --dir} option: where a runtime looks for its plugins. */
final class PluginFolderOption {
    @Option(names = "--dir", paramLabel = "path", description = "The runtime's plugin folder (default /opt/cni/bin)")
    private String path = "/opt/cni/bin";

    String path() {
        return path;
    }
}
