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

    private final NetworkNamespace host;
    private final NftFamily family;

    RuleText(NetworkNamespace host, NftFamily family) {
        this.host = host;
        this.family = family;
    }

    /** One line: where the rule stands and what it says. */
    String of(TraceEvent rule) {
        boolean isIptables = TABLES_OF_IPTABLES.contains(rule.table());
        Optional<String> words = isIptables ? iptables(rule) : nft(rule);
        String place =
                isIptables ? rule.table() + " " + rule.chain() : family + " " + rule.table() + " " + rule.chain();
        return place + ": " + words.orElse("rule with handle " + rule.handle());
    }

    private Optional<String> iptables(TraceEvent event) {
        String program = family == NftFamily.IP6 ? "ip6tables" : "iptables";
        return position(event)
                .flatMap(number -> run(program, "-w", "-t", event.table(), "-S", event.chain(), number))
                .map(line -> line.strip().replaceFirst("^-A \\S+ ?", ""))
                .filter(line -> !line.isEmpty());
    }

    /** The number that iptables gives the rule, from 1. */
    private Optional<String> position(TraceEvent event) {
        ChainName chain = new ChainName(family, event.table(), event.chain());
        try (NftSocket socket = host.call(NftSocket::open)) {
            List<Long> handles =
                    socket.rules(chain).stream().map(NftRule::handle).toList();
            int index = handles.indexOf(event.handle());
            return index < 0 ? Optional.empty() : Optional.of(Integer.toString(index + 1));
        }
    }

    private Optional<String> nft(TraceEvent event) {
        String mark = "# handle " + event.handle();
        return run("nft", "-a", "list", "chain", family.toString(), event.table(), event.chain())
                .flatMap(
                        text -> text.lines().filter(line -> line.endsWith(mark)).findFirst())
                .map(line -> line.substring(0, line.length() - mark.length()).strip());
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
