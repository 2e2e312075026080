package io.netd.netctl.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code netctl cni uninstall}. */
@Command(name = "cni uninstall", description = "Take netd's CNI plugins out again and restore what stood there")
final class CniUninstall implements NetctlCommand {
    @Mixin
    private PluginFolderOption folder = new PluginFolderOption();

    @Mixin
    private FormatOption format = new FormatOption();

    static void uninstall(Session session, PluginFolderOption folder, FormatOption format) {
        PluginChanges changes = new PluginChanges(session, format);
        session.netd().cni().uninstall(folder.path(), changes);
        changes.sayWhenNone("no plugin of netd is installed in " + folder.path());
    }

    @Override
    public int run(Session session) {
        uninstall(session, folder, format);
        return 0;
    }
}
