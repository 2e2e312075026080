package io.netd.trace;

import io.netd.address.IpFamily;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Hook;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Load;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.MetaSet;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftBatch;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.Payload;
import io.netd.netlink.nft.Position;
import io.netd.netlink.nft.RuleBody;
import io.netd.netlink.nft.TraceEvent;
import io.netd.netlink.nft.TraceSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches a probe and its answer in one network namespace: a table of its own marks them at the first hook they come to,
 * and has a chain before and behind everybody's at each hook, so that it is seen where they were last, whoever drops
 * them. The kernel deletes the table when this is closed, however the process ends.
 */
final class Watch implements AutoCloseable {
    static final String TABLE = "netd-trace";

    private static final int BEFORE_ALL = -500;
    private static final int BEHIND_ALL = 500;
    private static final List<Point> ON_BRIDGES =
            List.of(Point.PREROUTING, Point.PREROUTING_END, Point.FORWARD, Point.FORWARD_END, Point.POSTROUTING_END);

    private final TraceSocket events;
    private final NftSocket socket;

    private Watch(TraceSocket events, NftSocket socket) {
        this.events = events;
        this.socket = socket;
    }

    /**
     * Begins to watch.
     *
     * @param keepsAnswer whether the answer is dropped as the last thing on its way out of this host, since nobody awaits it
     * @throws io.netd.netlink.NetlinkException when the kernel refuses; EOPNOTSUPP before Linux 5.12
     */
    static Watch over(Probe probe, NetworkNamespace host, boolean keepsAnswer) {
        return host.call(() -> {
            TraceSocket events = TraceSocket.open();
            NftSocket socket = NftSocket.open();
            Watch watch = new Watch(events, socket);
            try {
                socket.commit(table(probe, keepsAnswer));
                return watch;
            } catch (RuntimeException e) {
                watch.close();
                throw e;
            }
        });
    }

    /** Sees frames, too, which a bridge may bring from port to port without asking the rules of IP (br_netfilter is optional). */
    void overBridges(Probe probe) {
        NftBatch batch = NftBatch.ofAnyGeneration().addOwnedTable(NftFamily.BRIDGE, TABLE);
        ON_BRIDGES.forEach(
                point -> batch.addChain(chain(NftFamily.BRIDGE, point), Optional.of(hook(point)), Data.of()));
        mark(batch, chain(NftFamily.BRIDGE, Point.PREROUTING), probe);
        try {
            socket.commit(batch);
        } catch (NetlinkException e) {
            // CONFIG_NF_TABLES_BRIDGE is a kernel's choice.
            System.getLogger(Watch.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    Optional<TraceEvent> next(Duration patience) throws InterruptedException {
        return events.next(patience);
    }

    @Override
    public void close() {
        socket.close();
        events.close();
    }

    private static NftBatch table(Probe probe, boolean keepsAnswer) {
        NftFamily family = NftFamily.of(probe.family());
        NftBatch batch = NftBatch.ofAnyGeneration().addOwnedTable(family, TABLE);
        for (Point point : Point.values()) {
            batch.addChain(chain(family, point), Optional.of(hook(point)), Data.of());
        }
        for (Point origin : List.of(Point.PREROUTING, Point.OUTPUT)) {
            mark(batch, chain(family, origin), probe);
        }
        if (keepsAnswer) {
            List<Expression> drop = answered(probe);
            drop.add(Immediate.verdict(NfTables.NF_DROP));
            ChainName chain = chain(family, Point.POSTROUTING_END);
            batch.addRule(chain, RuleBody.commented(drop, "nobody awaits the answer"), Position.LAST);
        }
        return batch;
    }

    private static ChainName chain(NftFamily family, Point point) {
        return new ChainName(family, TABLE, point.chain());
    }

    private static Hook hook(Point point) {
        return new Hook("filter", point.hook(), point.isFirst() ? BEFORE_ALL : BEHIND_ALL);
    }

    private static void mark(NftBatch batch, ChainName chain, Probe probe) {
        batch.addRule(chain, marking(sent(probe), "the probe"), Position.LAST);
        batch.addRule(chain, marking(answered(probe), "its answer"), Position.LAST);
    }

    private static RuleBody marking(List<Expression> which, String comment) {
        which.add(new Load(Data.of((byte) 1), NfTables.NFT_REG_1));
        which.add(new MetaSet(NfTables.NFT_META_NFTRACE, NfTables.NFT_REG_1));
        return RuleBody.commented(which, comment);
    }

    private static List<Expression> sent(Probe probe) {
        boolean ipv4 = probe.family() == IpFamily.IPV4;
        byte[] source = probe.source().bytes();
        List<Expression> list = protocol(probe);
        list.add(new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, ipv4 ? 12 : 8, source.length));
        list.add(new Cmp(false, Data.of(source)));
        list.add(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, 0, Short.BYTES));
        list.add(new Cmp(false, port(probe.sourcePort())));
        return list;
    }

    /** Its addresses depend on what was translated; the port is the probe's alone. */
    private static List<Expression> answered(Probe probe) {
        List<Expression> list = protocol(probe);
        list.add(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, Short.BYTES, Short.BYTES));
        list.add(new Cmp(false, port(probe.sourcePort())));
        return list;
    }

    private static List<Expression> protocol(Probe probe) {
        List<Expression> list = new ArrayList<>();
        list.add(new Meta(NfTables.NFT_META_L4PROTO));
        list.add(new Cmp(false, Data.of((byte) probe.protocol().number())));
        return list;
    }

    private static Data port(int number) {
        return Data.of(ByteBuffer.allocate(Short.BYTES).putShort((short) number).array());
    }
}
