package io.netd.firewall.ether;

import io.netd.firewall.nft.OurMark;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftBatch;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What has to be deleted for a source check to be gone, at one generation of the rules. */
final class SourceCheckRemoval {
    private SourceCheckRemoval() {}

    /**
     * Builds the batch; empty when nothing is there.
     *
     * @param tidy whether to remove what netd made and nobody needs any more
     */
    static NftBatch of(NftSocket socket, String id, boolean tidy) {
        NftBatch batch = new NftBatch(socket.generation());
        List<NftChain> chains = socket.chains(NftFamily.BRIDGE).stream()
                .filter(chain -> chain.table().equals(SourceCheck.TABLE))
                .toList();
        List<NftRule> entrances = socket.rules(SourceCheck.BASE);
        List<NftRule> due = entrances.stream()
                .filter(rule ->
                        target(rule).equals(Optional.of(SourceCheck.own(id).chain())))
                .toList();
        due.forEach(rule -> batch.deleteRule(SourceCheck.BASE, rule.handle()));
        List<ChainName> own = List.of(SourceCheck.own(id), SourceCheck.addresses(id)).stream()
                .filter(name -> chains.stream().anyMatch(chain -> chain.name().equals(name.chain())))
                .toList();
        own.forEach(batch::flushChain);
        own.forEach(batch::deleteChain);
        if (tidy && !batch.isEmpty() && due.size() == entrances.size()) {
            tidy(socket, batch, chains, own.size());
        }
        return batch;
    }

    private static void tidy(NftSocket socket, NftBatch batch, List<NftChain> chains, int removed) {
        boolean isOurBase = chains.stream()
                .anyMatch(chain -> chain.name().equals(SourceCheck.BASE.chain())
                        && chain.accepts()
                        && OurMark.isOn(chain.userData()));
        if (!isOurBase) {
            return;
        }
        batch.deleteChain(SourceCheck.BASE);
        boolean isOurTable = socket.tables(NftFamily.BRIDGE).stream()
                .anyMatch(table -> table.name().equals(SourceCheck.TABLE) && OurMark.isOn(table.userData()));
        if (isOurTable && chains.size() == removed + 1) {
            batch.deleteTable(NftFamily.BRIDGE, SourceCheck.TABLE);
        }
    }

    /** The chain that a rule jumps to. */
    static Optional<String> target(NftRule rule) {
        for (Expression expression : rule.expressions()) {
            if (expression instanceof Immediate verdict && verdict.chain().isPresent()) {
                return verdict.chain();
            }
        }
        return Optional.empty();
    }

    /** The port that a rule is about. */
    static Optional<String> port(NftRule rule) {
        List<Expression> expressions = rule.expressions();
        boolean isAboutPort = expressions.size() > 1
                && expressions.get(0).equals(new Meta(NfTables.NFT_META_IIFNAME))
                && expressions.get(1) instanceof Cmp;
        return isAboutPort
                ? Optional.of(new String(((Cmp) expressions.get(1)).value().bytes(), StandardCharsets.UTF_8)
                        .replace("\0", ""))
                : Optional.empty();
    }
}
