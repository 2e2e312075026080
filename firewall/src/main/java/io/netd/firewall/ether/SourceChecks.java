package io.netd.firewall.ether;

import io.netd.firewall.FirewallException;
import io.netd.firewall.nft.OurMark;
import io.netd.linux.sys.Errno;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.NftBatch;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.Position;
import io.netd.netlink.nft.RuleBody;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The source checks of one host. They stand in a table that others may use too; what netd had to make of it goes with
 * the last rule. Thread-safe; a call blocks until the kernel has the change, which is all of it or nothing.
 */
public final class SourceChecks {
    /** How often a change is tried while others keep changing the rules. */
    private static final int ATTEMPTS = 20;

    private static final Set<Errno> STALE = EnumSet.of(Errno.ERESTART, Errno.ENOENT, Errno.EBUSY);

    private final Supplier<NftSocket> opener;

    /** Opens a socket of the host for each call. */
    public SourceChecks(Supplier<NftSocket> opener) {
        this.opener = opener;
    }

    /**
     * Makes the check; one of the same id gives way.
     *
     * @throws FirewallException if the kernel refuses
     */
    public void put(SourceCheck check) {
        ChainName own = SourceCheck.own(check.id());
        ChainName addresses = SourceCheck.addresses(check.id());
        NftBatch batch = NftBatch.ofAnyGeneration()
                .addTable(NftFamily.BRIDGE, SourceCheck.TABLE, OurMark.MARK)
                .addChain(SourceCheck.BASE, Optional.of(SourceCheck.HOOK), OurMark.MARK)
                .addChain(own, Optional.empty(), Data.of())
                .addChain(addresses, Optional.empty(), Data.of())
                .flushChain(own)
                .flushChain(addresses)
                .addRule(SourceCheck.BASE, check.entrance(), Position.LAST)
                .addRule(own, check.step(), Position.LAST);
        check.verdicts().forEach(verdict -> batch.addRule(addresses, verdict, Position.LAST));
        try (NftSocket socket = opener.get()) {
            socket.commit(batch);
        } catch (NetlinkException e) {
            throw new FirewallException("check what comes from " + check.link() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes the check of that id away, whoever made it; none is no error.
     *
     * @throws FirewallException if the kernel refuses
     */
    public void remove(String id) {
        boolean tidy = true;
        NetlinkException last = null;
        try (NftSocket socket = opener.get()) {
            for (int count = 0; count < ATTEMPTS; count++) {
                try {
                    NftBatch batch = SourceCheckRemoval.of(socket, id, tidy);
                    if (!batch.isEmpty()) {
                        socket.commit(batch);
                    }
                    return;
                } catch (NetlinkException e) {
                    tidy &= e.errno() != Errno.EBUSY;
                    last = e;
                    if (!STALE.contains(e.errno())) {
                        break;
                    }
                }
            }
        }
        throw new FirewallException("remove the source check of " + id + ": " + last.getMessage(), last);
    }

    /** Whether all rules of the check stand in the kernel. */
    public boolean isWhole(SourceCheck check) {
        try (NftSocket socket = opener.get()) {
            List<NftRule> entrances = socket.rules(SourceCheck.BASE);
            return entrances.stream()
                            .anyMatch(rule ->
                                    rule.expressions().equals(check.entrance().expressions()))
                    && holds(socket, SourceCheck.own(check.id()), List.of(check.step()))
                    && holds(socket, SourceCheck.addresses(check.id()), check.verdicts());
        }
    }

    /**
     * Makes the check anew if rules of it are missing.
     *
     * @return whether they were
     * @throws FirewallException if the kernel refuses
     */
    public boolean repair(SourceCheck check) {
        if (isWhole(check)) {
            return false;
        }
        remove(check.id());
        put(check);
        return true;
    }

    /** The ids of checks whose port is not among these links. */
    public List<String> withoutPort(Set<String> links) {
        try (NftSocket socket = opener.get()) {
            return socket.rules(SourceCheck.BASE).stream()
                    .filter(rule -> SourceCheckRemoval.port(rule)
                            .filter(port -> !links.contains(port))
                            .isPresent())
                    .flatMap(rule -> SourceCheckRemoval.target(rule).stream())
                    .filter(chain -> chain.startsWith(SourceCheck.PREFIX))
                    .map(chain -> chain.substring(SourceCheck.PREFIX.length()))
                    .distinct()
                    .toList();
        }
    }

    private static boolean holds(NftSocket socket, ChainName chain, List<RuleBody> rules) {
        List<List<Expression>> present =
                socket.rules(chain).stream().map(NftRule::expressions).toList();
        return present.equals(rules.stream().map(RuleBody::expressions).toList());
    }
}
