package io.netd.firewall.nftables;

import io.netd.firewall.Backend;
import io.netd.firewall.ChainRef;
import io.netd.firewall.nft.NftBackend;
import io.netd.firewall.nft.NftSockets;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NftSocket;

/** Opens the backend that writes tables of netd's own. */
public final class NftablesBackends {
    private NftablesBackends() {}

    /**
     * Returns the backend of the daemon's own namespace, whose socket stays open from one change to the next.
     *
     * @param namespace stays the caller's and must be open at each change
     */
    public static Backend ofOwnNamespace(NetworkNamespace namespace) {
        return new NftBackend(
                NftSockets.longLived(() -> namespace.call(NftSocket::openListening)), new NftablesDialect());
    }

    /**
     * Returns the backend of another namespace: nothing stays open in it, so that it can go away.
     *
     * @param namespace stays the caller's and must be open at each change
     */
    public static Backend ofForeignNamespace(NetworkNamespace namespace) {
        return new NftBackend(NftSockets.perTransaction(() -> namespace.call(NftSocket::open)), new NftablesDialect());
    }

    /** Where a chain stands in the kernel. */
    public static ChainName name(ChainRef chain) {
        return new NftablesDialect().name(chain);
    }
}
