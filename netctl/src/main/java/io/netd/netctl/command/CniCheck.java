package io.netd.netctl.command;

import io.netd.netctl.api.DoctorCheck.Verdict;
import io.netd.netctl.api.PluginCheck;
import io.netd.netctl.output.Listing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl cni check}. */
@Command(name = "cni check", description = "Check whether a runtime's networks would work with netd's CNI plugins")
final class CniCheck implements NetctlCommand {
    @Option(
            names = "--conf-dir",
            paramLabel = "path",
            description = "The runtime's network folder (default /etc/cni/net.d)")
    private String networks = "/etc/cni/net.d";

    @Mixin
    private PluginFolderOption folder = new PluginFolderOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<PluginCheck> checks = session.netd().cni().check(networks, folder.path());
        new Listing(columns(), checks.stream().map(CniCheck::row).toList()).print(session.out(), format.value());
        if (format.value().isEmpty()) {
            session.out().println("\n" + defaultNetwork(checks));
        }
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.FAILED) ? 1 : 0;
    }

    private static String defaultNetwork(List<PluginCheck> checks) {
        return checks.stream()
                .filter(PluginCheck::isDefault)
                .findFirst()
                .map(check -> "default network: " + check.network() + " (" + check.file() + ")")
                .orElse("default network: none, for no file can be read");
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("Network", "NETWORK");
        columns.put("File", "FILE");
        columns.put("Plugin", "PLUGIN");
        columns.put("Verdict", "VERDICT");
        columns.put("Finding", "FINDING");
        return columns;
    }

    private static Map<String, String> row(PluginCheck check) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("Network", check.network());
        row.put("File", check.file());
        row.put("Plugin", check.plugin());
        row.put("Verdict", mark(check.verdict()));
        row.put("Finding", check.finding());
        row.put("IsDefault", Boolean.toString(check.isDefault()));
        return row;
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case WARNING -> "warn";
            case FAILED -> "FAIL";
        };
    }
}
