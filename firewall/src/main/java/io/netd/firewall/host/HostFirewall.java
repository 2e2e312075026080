package io.netd.firewall.host;

import io.netd.firewall.Backend;
import io.netd.firewall.Flavour;
import io.netd.firewall.Framework;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.firewall.nftables.NftablesBackends;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.nft.NftSocket;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How rules are written on a host.
 *
 * @param usual where those stand that name no framework
 * @param flavour what iptables writes to there
 */
public record HostFirewall(Framework usual, Flavour flavour) {
    /** XT_LOCK_NAME of iptables/xshared.h, which every run of a legacy program that may change rules holds open. */
    private static final Path XTABLES_LOCK = Path.of("/run/xtables.lock");

    /**
     * Looks at the host: iptables is usual where it is installed, else nftables. Runs a program.
     *
     * @param wanted the framework that its owner wants, whatever is installed
     */
    public static HostFirewall detect(Optional<Framework> wanted) {
        Optional<Flavour> installed = Flavour.installed();
        Framework usual = wanted.orElseGet(() -> installed.isPresent() ? Framework.IPTABLES : Framework.NFTABLES);
        return new HostFirewall(usual, installed.orElse(Flavour.IPTABLES_NFT));
    }

    /**
     * Opens a backend whose socket stays open until it is closed.
     *
     * @param namespace stays the caller's and must be open at each change
     */
    public Backend open(Framework framework, NetworkNamespace namespace) {
        return switch (framework) {
            case IPTABLES -> IptablesBackends.ofOwnNamespace(flavour, namespace);
            case NFTABLES -> NftablesBackends.ofOwnNamespace(namespace);
        };
    }

    /**
     * Looks for chains of others that drop what netd accepts, such as {@code ip filter FORWARD (policy drop)}. Chains of
     * iptables-legacy are not seen.
     *
     * @param bridges of what is forwarded from and to them
     * @throws io.netd.netlink.NetlinkException if the kernel does not tell
     */
    public List<String> obstacles(NetworkNamespace namespace, Collection<Forwarded> bridges) {
        return look(namespace, socket -> obstacles(socket, bridges));
    }

    private List<String> obstacles(NftSocket socket, Collection<Forwarded> bridges) {
        Obstacles obstacles = obstacles(socket);
        return bridges.stream()
                .flatMap(each -> Stream.of(Probe.published(each.bridge()), Probe.leaving(each.bridge()))
                        .flatMap(packet -> obstacles.to(packet, each.families())))
                .distinct()
                .toList();
    }

    /**
     * As {@link #obstacles}, of what comes to published ports.
     *
     * @throws io.netd.netlink.NetlinkException if the kernel does not tell
     */
    public List<String> obstaclesToPorts(NetworkNamespace namespace, Forwarded bridge) {
        return look(
                namespace,
                socket -> obstacles(socket)
                        .to(Probe.published(bridge.bridge()), bridge.families())
                        .toList());
    }

    /**
     * A sentence for each of the user's own chains, such as {@code ip filter NETD-USER}, that has rules though netd's stand
     * elsewhere: what becomes of them. Chains of iptables-legacy are not seen.
     *
     * @throws io.netd.netlink.NetlinkException if the kernel does not tell
     */
    public static List<String> userRulesApart(NetworkNamespace namespace) {
        return look(namespace, UserRules::apart);
    }

    private Obstacles obstacles(NftSocket socket) {
        return new Obstacles(socket, usual == Framework.IPTABLES && flavour == Flavour.IPTABLES_NFT);
    }

    private static List<String> look(NetworkNamespace namespace, Function<NftSocket, List<String>> question) {
        try (NftSocket socket = namespace.call(NftSocket::open)) {
            return question.apply(socket);
        }
    }

    /**
     * The file that is closed after each change of the usual rules, for the kernel tells nobody of changes of iptables-legacy;
     * absent where it does.
     */
    public Optional<Path> lockFile() {
        boolean isLegacy = usual == Framework.IPTABLES && flavour == Flavour.IPTABLES_LEGACY;
        return isLegacy ? Optional.of(XTABLES_LOCK) : Optional.empty();
    }

    /** Says it in words: {@code nftables}, {@code iptables (nf_tables)} or {@code iptables (legacy)}. */
    @Override
    public String toString() {
        if (usual == Framework.NFTABLES) {
            return usual.toString();
        }
        return usual + (flavour == Flavour.IPTABLES_NFT ? " (nf_tables)" : " (legacy)");
    }
}
