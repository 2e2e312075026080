package io.netd.firewall.iptables;

import io.netd.firewall.Backend;
import io.netd.firewall.Flavour;
import io.netd.firewall.legacy.IptablesPrograms;
import io.netd.firewall.legacy.LegacyBackend;
import io.netd.firewall.nft.IptablesDialect;
import io.netd.firewall.nft.NftBackend;
import io.netd.firewall.nft.NftSockets;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.nft.NftSocket;
import java.util.function.Supplier;

/** Opens the backend for a flavour of iptables and a network namespace. */
public final class IptablesBackends {
    private IptablesBackends() {}

    /**
     * Returns the backend of the daemon's own namespace, whose socket stays open from one change to the next.
     *
     * @param namespace stays the caller's and must be open at each change
     */
    public static Backend ofOwnNamespace(Flavour flavour, NetworkNamespace namespace) {
        return open(flavour, namespace, true);
    }

    /**
     * Returns the backend of another namespace: nothing stays open in it, so that it can go away.
     *
     * @param namespace stays the caller's and must be open at each change
     */
    public static Backend ofForeignNamespace(Flavour flavour, NetworkNamespace namespace) {
        return open(flavour, namespace, false);
    }

    private static Backend open(Flavour flavour, NetworkNamespace namespace, boolean keepOpen) {
        Supplier<NftSocket> opener = () -> namespace.call(keepOpen ? NftSocket::openListening : NftSocket::open);
        return switch (flavour) {
            case IPTABLES_NFT ->
                new NftBackend(
                        keepOpen ? NftSockets.longLived(opener) : NftSockets.perTransaction(opener),
                        new IptablesDialect());
            case IPTABLES_LEGACY -> new LegacyBackend(new IptablesPrograms(namespace));
        };
    }
}
