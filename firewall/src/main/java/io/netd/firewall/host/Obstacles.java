package io.netd.firewall.host;

import io.netd.firewall.Framework;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Foreign;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chains of others that drop forwarded packets whatever netd accepts: with nf_tables each table on a hook has its say, and
 * a drop is final. Chains of iptables-legacy are not seen.
 */
final class Obstacles {
    private static final int NF_INET_FORWARD = 2;
    private static final Set<String> REJECTS = Set.of("reject", "queue");

    private final NftSocket socket;
    private final Framework usual;

    Obstacles(NftSocket socket, Framework usual) {
        this.socket = socket;
        this.usual = usual;
    }

    /** Returns the chains as {@code nft} names them, with the way in which they drop. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        for (NftFamily family : List.of(NftFamily.INET, NftFamily.IP, NftFamily.IP6)) {
            for (NftChain chain : socket.chains(family)) {
                if (isForeignForward(family, chain)) {
                    ChainName name = new ChainName(family, chain.table(), chain.name());
                    if (!chain.accepts()) {
                        found.add(name + " (policy drop)");
                    } else if (endsWithDrop(name)) {
                        found.add(name + " (its last rule drops)");
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Where netd writes into iptables' own chain, its accepts come before that chain's drop. */
    private boolean isForeignForward(NftFamily family, NftChain chain) {
        boolean isForward = chain.hook()
                .filter(hook -> hook.type().equals("filter") && hook.number() == NF_INET_FORWARD)
                .isPresent();
        boolean isNetds = chain.table().equals("netd")
                || usual == Framework.IPTABLES
                        && family != NftFamily.INET
                        && chain.table().equals("filter");
        return isForward && !isNetds;
    }

    private boolean endsWithDrop(ChainName name) {
        List<NftRule> rules = socket.rules(name);
        return !rules.isEmpty()
                && rules.get(rules.size() - 1).expressions().stream().allMatch(Obstacles::isDropOrCounter)
                && rules.get(rules.size() - 1).expressions().stream()
                        .anyMatch(expression -> !(expression instanceof Counter));
    }

    private static boolean isDropOrCounter(Expression expression) {
        return expression instanceof Counter
                || expression instanceof Immediate verdict && verdict.verdict() == NfTables.NF_DROP
                || expression instanceof Foreign foreign && REJECTS.contains(foreign.kind());
    }
}
