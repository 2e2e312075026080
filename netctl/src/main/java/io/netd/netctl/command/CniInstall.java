package io.netd.netctl.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl cni install}. */
@Command(name = "cni install", description = "Put netd's CNI plugins into a runtime's plugin folder")
final class CniInstall implements NetctlCommand {
    @Mixin
    private PluginFolderOption folder = new PluginFolderOption();

    @Option(names = "--uninstall", description = "Take them out again, as cni uninstall does")
    private boolean isUndone;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        if (isUndone) {
            CniUninstall.uninstall(session, folder, format);
        } else {
            session.netd().cni().install(folder.path(), new PluginChanges(session, format));
        }
        return 0;
    }
}
