package io.netd.netctl.command;

import io.netd.netctl.api.CniSetup;
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
        CniSetup setup = session.netd().cni();
        PluginChanges changes = new PluginChanges(session, format);
        if (isUndone) {
            setup.uninstall(folder.path(), changes);
            changes.sayWhenNone("no plugin of netd is installed in " + folder.path());
        } else {
            setup.install(folder.path(), changes);
        }
        return 0;
    }
}
