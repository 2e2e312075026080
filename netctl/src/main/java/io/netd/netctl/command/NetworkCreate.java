package io.netd.netctl.command;

import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netctl network create}. */
@Command(name = "network create", description = "Create a network")
final class NetworkCreate implements NetctlCommand {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "string",
            description = "Driver to manage the network: bridge")
    private String driver = "bridge";

    @Option(names = "--subnet", paramLabel = "list", description = "Subnet in CIDR format, of IPv4 and of IPv6")
    private List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", paramLabel = "list", description = "IPv4 or IPv6 gateway of a subnet")
    private List<String> gateways = new ArrayList<>();

    @Option(names = "--ipv6", description = "Enable IPv6 networking")
    private boolean ipv6;

    @Option(names = "--internal", description = "Restrict external access to the network")
    private boolean internal;

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "map",
            description = "Set driver specific options, KEY=VALUE")
    private List<String> options = new ArrayList<>();

    @Parameters(arity = "1", paramLabel = "NETWORK")
    private String name = "";

    @Override
    public int run(Session session) {
        session.out()
                .println(session.netd()
                        .createNetwork(
                                new Netd.NetworkSpec(name, driver, subnets, gateways, ipv6, internal, pairs(options))));
        return 0;
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new NetdException(NetdException.Kind.INVALID, "invalid option: " + word + ": must be KEY=VALUE");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }
}
