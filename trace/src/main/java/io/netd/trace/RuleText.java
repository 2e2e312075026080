package io.netd.trace;

import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.proc.Program;
import io.netd.linux.proc.ProgramException;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.TraceEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a rule, as the program shows it that its table belongs to: {@code iptables -S}, or {@code nft list chain}
 * for all others. Where that program is missing, or the rule gone, its number has to do.
 */
final class RuleText {
    private static final Set<String> TABLES_OF_IPTABLES = Set.of("raw", "mangle", "nat", "filter", "security");

    private static final int NFPROTO_INET = 1;
    private static final int NFPROTO_IPV4 = 2;
    private static final int NFPROTO_BRIDGE = 7;
    private static final int NFPROTO_IPV6 = 10;
    private static final Set<Integer> FAMILIES_OF_IPTABLES = Set.of(NFPROTO_IPV4, NFPROTO_IPV6);

    private final NetworkNamespace host;

    RuleText(NetworkNamespace host) {
        this.host = host;
    }

    /** One line: where the rule stands and what it says. */
    String of(TraceEvent rule) {
        boolean isIptables = FAMILIES_OF_IPTABLES.contains(rule.family()) && TABLES_OF_IPTABLES.contains(rule.table());
        Optional<String> words = isIptables ? iptables(rule) : nft(rule);
        String place =
                isIptables ? rule.table() + " " + rule.chain() : family(rule) + " " + rule.table() + " " + rule.chain();
        return place + ": " + words.orElse("rule with handle " + rule.handle());
    }

    /** The end of a packet that a rule or a policy drops. */
    Stop dropping(TraceEvent drop) {
        String what = drop.kind() == TraceEvent.Kind.POLICY
                ? "the policy of chain " + drop.chain() + " of table " + drop.table()
                : of(drop);
        return new Stop(Cause.RULE, what, "dropped by " + what);
    }

    private Optional<String> iptables(TraceEvent rule) {
        String program = rule.family() == NFPROTO_IPV6 ? "ip6tables" : "iptables";
        return position(rule)
                .flatMap(number -> run(program, "-w", "-t", rule.table(), "-S", rule.chain(), number))
                .map(line -> line.strip().replaceFirst("^-A \\S+ ?", ""))
                .filter(line -> !line.isEmpty());
    }

    /** The number that iptables gives the rule, from 1. */
    private Optional<String> position(TraceEvent event) {
        ChainName chain = new ChainName(
                event.family() == NFPROTO_IPV6 ? NftFamily.IP6 : NftFamily.IP, event.table(), event.chain());
        try (NftSocket socket = host.call(NftSocket::open)) {
            List<Long> handles =
                    socket.rules(chain).stream().map(NftRule::handle).toList();
            int index = handles.indexOf(event.handle());
            return index < 0 ? Optional.empty() : Optional.of(Integer.toString(index + 1));
        }
    }

    private Optional<String> nft(TraceEvent event) {
        String mark = "# handle " + event.handle();
        return run("nft", "-s", "-a", "list", "chain", family(event), event.table(), event.chain())
                .flatMap(
                        text -> text.lines().filter(line -> line.endsWith(mark)).findFirst())
                .map(line -> line.substring(0, line.length() - mark.length()).strip());
    }

    private static String family(TraceEvent event) {
        return switch (event.family()) {
            case NFPROTO_INET -> "inet";
            case NFPROTO_BRIDGE -> "bridge";
            case NFPROTO_IPV6 -> "ip6";
            default -> "ip";
        };
    }

    private Optional<String> run(String... command) {
        try {
            Program.Output output = host.call(() -> Program.of(command).run());
            return output.succeeded() ? Optional.of(output.out()) : Optional.empty();
        } catch (ProgramException e) {
            return Optional.empty();
        }
    }
}
