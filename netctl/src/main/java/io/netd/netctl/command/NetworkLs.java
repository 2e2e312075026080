package io.netd.netctl.command;

import io.netd.netctl.api.NetworkSummary;
import io.netd.netctl.output.Listing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code netctl network ls}. */
@Command(name = "network ls", description = "List networks")
final class NetworkLs implements NetctlCommand {
    @Option(
            names = {"-q", "--quiet"},
            description = "Only display network IDs")
    private boolean quiet;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    private boolean whole;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        List<NetworkSummary> networks = session.netd().networks();
        if (quiet) {
            networks.forEach(network -> session.out().println(id(network)));
            return 0;
        }
        new Listing(columns(), networks.stream().map(this::row).toList()).print(session.out(), format.value());
        return 0;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("ID", "NETWORK ID");
        columns.put("Name", "NAME");
        columns.put("Driver", "DRIVER");
        columns.put("Scope", "SCOPE");
        return columns;
    }

    private Map<String, String> row(NetworkSummary network) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("ID", id(network));
        row.put("Name", network.name());
        row.put("Driver", network.driver());
        row.put("Scope", network.scope());
        row.put("CreatedAt", network.created().map(Object::toString).orElse(""));
        row.put("IPv4", Boolean.toString(has(network, ".")));
        row.put("IPv6", Boolean.toString(has(network, ":")));
        row.put("Internal", Boolean.toString(network.internal()));
        row.put("Subnets", String.join(",", network.subnets()));
        return row;
    }

    private static boolean has(NetworkSummary network, String separator) {
        return network.subnets().stream().anyMatch(subnet -> subnet.contains(separator));
    }

    private String id(NetworkSummary network) {
        return whole ? network.id() : network.id().substring(0, 12);
    }
}
