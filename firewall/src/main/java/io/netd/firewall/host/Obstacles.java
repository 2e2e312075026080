package io.netd.firewall.host;

import io.netd.address.IpFamily;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chains of others that drop forwarded packets whatever netd accepts: with nf_tables each table on a hook has its say, and
 * a drop is final. Chains of iptables-legacy are not seen.
 */
final class Obstacles {
    private final NftSocket socket;
    private final boolean isFirstInFilter;
    private final Walk walk;

    /**
     * @param isFirstInFilter whether netd writes into iptables' own chain, where its accepts come before that chain's drop
     */
    Obstacles(NftSocket socket, boolean isFirstInFilter) {
        this.socket = socket;
        this.isFirstInFilter = isFirstInFilter;
        this.walk = new Walk(socket);
    }

    /**
     * Returns the chains that drop such packets, as {@code nft} names them, with the way in which they do.
     *
     * @param families of what the packets are
     */
    Stream<String> to(Probe packet, Set<IpFamily> families) {
        return families(families).stream()
                .flatMap(family -> foreign(family).flatMap(chain -> drop(family, chain, packet).stream()));
    }

    private static List<NftFamily> families(Set<IpFamily> addresses) {
        List<NftFamily> families = new ArrayList<>(List.of(NftFamily.INET));
        for (IpFamily family : IpFamily.values()) {
            if (addresses.contains(family)) {
                families.add(NftFamily.of(family));
            }
        }
        return families;
    }

    private Stream<NftChain> foreign(NftFamily family) {
        return socket.chains(family).stream().filter(chain -> isForeignForward(family, chain));
    }

    private boolean isForeignForward(NftFamily family, NftChain chain) {
        boolean isForward = chain.hook()
                .filter(hook -> hook.type().equals("filter") && hook.number() == NfTables.NF_INET_FORWARD)
                .isPresent();
        boolean isNetds = chain.table().equals("netd")
                || isFirstInFilter && family != NftFamily.INET && chain.table().equals("filter");
        return isForward && !isNetds;
    }

    private Optional<String> drop(NftFamily family, NftChain chain, Probe packet) {
        ChainName name = new ChainName(family, chain.table(), chain.name());
        return switch (walk.of(name, packet)) {
            case ACCEPTED -> Optional.empty();
            case DROPPED -> Optional.of(name + " (its rules drop)");
            case OPEN -> chain.accepts() ? Optional.empty() : Optional.of(name + " (policy drop)");
        };
    }
}
