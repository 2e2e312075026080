package io.netd.firewall.nft;

import io.netd.netlink.nft.NftSocket;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where sockets come from. An open netlink socket keeps its namespace alive, so one lives long only in the daemon's own.
 */
public final class NftSockets implements AutoCloseable {
    private final Supplier<NftSocket> opener;
    private final boolean keep;
    private Optional<NftSocket> kept = Optional.empty();

    private NftSockets(Supplier<NftSocket> opener, boolean keep) {
        this.opener = opener;
        this.keep = keep;
    }

    /** Keeps one socket open from the first change on. */
    public static NftSockets longLived(Supplier<NftSocket> opener) {
        return new NftSockets(opener, true);
    }

    /** Opens a socket for each transaction. */
    public static NftSockets perTransaction(Supplier<NftSocket> opener) {
        return new NftSockets(opener, false);
    }

    /** Runs {@code body} with a socket to change by. After a refusal by the kernel a kept one is as good as before. */
    <T> T change(Function<NftSocket, T> body) {
        if (keep && kept.isEmpty()) {
            kept = Optional.of(opener.get());
        }
        return look(body);
    }

    /** Runs {@code body} with a socket to read by. */
    <T> T look(Function<NftSocket, T> body) {
        if (kept.isPresent()) {
            return body.apply(kept.get());
        }
        try (NftSocket socket = opener.get()) {
            return body.apply(socket);
        }
    }

    @Override
    public void close() {
        kept.ifPresent(NftSocket::close);
        kept = Optional.empty();
    }
}
