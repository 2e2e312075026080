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

    @Override
    public int run(Session session) {
        PluginChanges changes = new PluginChanges(session, format);
        session.netd().cni().uninstall(folder.path(), changes);
        changes.sayWhenNone("no plugin of netd is installed in " + folder.path());
        return 0;
    }
}
