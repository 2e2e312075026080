package io.netd.firewall.host;

import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Foreign;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.XtTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of packets in somebody else's chain and those it jumps to, as far as that is known: what is dropped of some
 * of them only is their owner's will and passed over; what knows the bridge and accepts some of its packets counts.
 */
final class Walk {
    /** How a chain ends. */
    enum End {
        ACCEPTED,
        DROPPED,
        OPEN
    }

    /** NFT_JUMP_STACK_SIZE: the kernel refuses longer ways. */
    private static final int DEEPEST = 16;

    private static final Set<String> REJECTS = Set.of("reject", "queue");

    private final NftSocket socket;
    private final Map<ChainName, List<NftRule>> read = new HashMap<>();

    Walk(NftSocket socket) {
        this.socket = socket;
    }

    End of(ChainName chain, Probe probe) {
        return of(chain, probe, 0);
    }

    private End of(ChainName chain, Probe probe, int depth) {
        if (depth > DEEPEST) {
            return End.OPEN;
        }
        for (NftRule rule : read.computeIfAbsent(chain, socket::rules)) {
            Fit fit = Conditions.of(rule.expressions(), probe);
            if (fit == Fit.MET || fit == Fit.NAMED) {
                End end = end(rule, chain, probe, depth);
                if (end == End.ACCEPTED || end == End.DROPPED && fit == Fit.MET) {
                    return end;
                }
                if (fit == Fit.MET && leaves(rule)) {
                    return End.OPEN;
                }
            }
        }
        return End.OPEN;
    }

    private End end(NftRule rule, ChainName chain, Probe probe, int depth) {
        for (Expression expression : rule.expressions()) {
            if (expression instanceof Immediate verdict && verdict.chain().isPresent()) {
                ChainName next = new ChainName(
                        chain.family(), chain.table(), verdict.chain().get());
                return of(next, probe, depth + 1);
            } else if (expression instanceof Immediate verdict && verdict.verdict() == NfTables.NF_ACCEPT) {
                return End.ACCEPTED;
            } else if (drops(expression)) {
                return End.DROPPED;
            }
        }
        return End.OPEN;
    }

    private static boolean drops(Expression expression) {
        return expression instanceof Immediate verdict && verdict.verdict() == NfTables.NF_DROP
                || expression instanceof Foreign foreign && REJECTS.contains(foreign.kind())
                || expression instanceof XtTarget target && target.name().equals("REJECT");
    }

    /** Whether the chain ends here for the packet. */
    private static boolean leaves(NftRule rule) {
        return rule.expressions().stream()
                .anyMatch(expression -> expression instanceof Immediate verdict
                        && (verdict.verdict() == NfTables.NFT_RETURN || verdict.verdict() == NfTables.NFT_GOTO));
    }
}
