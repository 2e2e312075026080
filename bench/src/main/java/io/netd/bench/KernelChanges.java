package io.netd.bench;

import io.netd.address.IpPrefix;
import io.netd.address.Protocol;
import io.netd.firewall.BridgeNetwork;
import io.netd.firewall.ChainRef;
import io.netd.firewall.Chains;
import io.netd.firewall.Flavour;
import io.netd.firewall.Ledger;
import io.netd.firewall.NetworkRules;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.iptables.IptablesBackends;
import io.netd.firewall.nft.IptablesDialect;
import io.netd.linux.net.HeldSocket;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.DataType;
import io.netd.netlink.nft.NftBatch;
import io.netd.netlink.nft.NftElement;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.Position;
import io.netd.netlink.nft.SetName;
import io.netd.netlink.nft.SetSpec;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publication;
import io.netd.portmap.Publishing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the kernel does for a published port, by itself, on the host it is started on: one batch of two elements or two rules
 * with as many others there as asked for, or the socket that holds the port.
 *
 * <p>usage: KernelChanges iptables|nftables|socket PRESENT WARM-UP
 */
public final class KernelChanges {
    private static final int PORT = 50_000;
    private static final int FIRST_PORT = 10_000;
    private static final int TOGETHER = 500;
    private static final byte[] ADDRESS = {(byte) 172, 17, 0, 2};
    private static final byte TCP = 6;
    private static final SetName PORTS = new SetName(NftFamily.IP, "bench", "ports");
    private static final SetName ACCEPTED = new SetName(NftFamily.IP, "bench", "accepted");

    private KernelChanges() {}

    /** Serves until the end of its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int present = Integer.parseInt(arguments[1]);
        Steps steps = switch (arguments[0]) {
            case "nftables" -> elements(NftSocket.open(), present);
            case "iptables" -> rules(NftSocket.open(), present);
            default -> held();
        };
        steps.warmUp(Integer.parseInt(arguments[2]));
        steps.serve();
    }

    private static Steps held() {
        HeldSocket[] open = new HeldSocket[Steps.ROW];
        return new Steps(
                thing -> open[thing] = HeldSocket.dualStack(Protocol.TCP, PORT + thing), thing -> open[thing].close());
    }

    private static Steps elements(NftSocket socket, int present) {
        NftBatch made = NftBatch.ofAnyGeneration().addTable(NftFamily.IP, PORTS.table(), Data.of());
        List<DataType> to = List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE);
        List<DataType> of = List.of(DataType.INET_PROTO, DataType.INET_SERVICE);
        List<DataType> at = List.of(DataType.IPV4_ADDR, DataType.INET_PROTO, DataType.INET_SERVICE);
        made.addSet(PORTS, new SetSpec(of, to, false, true, ""))
                .addSet(ACCEPTED, new SetSpec(at, List.of(), false, true, ""));
        socket.commit(made);
        for (int i = 0; i < present; i += TOGETHER) {
            NftBatch batch = NftBatch.ofAnyGeneration();
            for (int port = i; port < Math.min(i + TOGETHER, present); port++) {
                batch.addElement(PORTS, translation(FIRST_PORT + port)).addElement(ACCEPTED, acceptance(port + 1));
            }
            socket.commit(batch);
        }
        return new Steps(
                thing -> socket.commit(NftBatch.ofAnyGeneration()
                        .addElement(PORTS, translation(PORT + thing))
                        .addElement(ACCEPTED, acceptance(PORT + thing))),
                thing -> socket.commit(NftBatch.ofAnyGeneration()
                        .deleteElement(PORTS, translation(PORT + thing))
                        .deleteElement(ACCEPTED, acceptance(PORT + thing))));
    }

    private static NftElement translation(int port) {
        byte[] key =
                ByteBuffer.allocate(8).put(0, TCP).putShort(4, (short) port).array();
        byte[] value = ByteBuffer.allocate(8).put(ADDRESS).putShort((short) 80).array();
        return new NftElement(Data.of(key), Data.of(value));
    }

    private static NftElement acceptance(int port) {
        byte[] key = ByteBuffer.allocate(12)
                .put(ADDRESS)
                .put(4, TCP)
                .putShort(8, (short) port)
                .array();
        return new NftElement(Data.of(key), Data.of());
    }

    private static Steps rules(NftSocket socket, int present) {
        fillAsNetd(present);
        List<List<Rule>> things =
                IntStream.range(0, Steps.ROW).mapToObj(KernelChanges::own).toList();
        IptablesDialect dialect = new IptablesDialect();
        List<List<Long>> handles = new ArrayList<>(Collections.nCopies(Steps.ROW, List.of()));
        return new Steps(
                thing -> {
                    NftBatch batch = NftBatch.ofAnyGeneration();
                    things.get(thing)
                            .forEach(rule ->
                                    batch.addRule(dialect.name(ChainRef.of(rule)), dialect.body(rule), Position.FIRST));
                    handles.set(thing, socket.commit(batch).handles());
                },
                thing -> {
                    NftBatch batch = NftBatch.ofAnyGeneration();
                    Iterator<Long> handle = handles.get(thing).iterator();
                    things.get(thing).forEach(rule -> batch.deleteRule(dialect.name(ChainRef.of(rule)), handle.next()));
                    socket.commit(batch);
                });
    }

    private static List<Rule> own(int thing) {
        return rules(PORT + thing, 80 + 2 * thing).stream()
                .filter(rule -> rule.chain().equals(Chains.NETD))
                .toList();
    }

    private static void fillAsNetd(int present) {
        try (NetworkNamespace here = NetworkNamespace.current();
                Ledger ledger = Ledger.of(IptablesBackends.ofOwnNamespace(Flavour.IPTABLES_NFT, here))) {
            BridgeNetwork network = new BridgeNetwork("docker0", List.of(IpPrefix.parse("172.17.0.0/16")), true);
            ledger.put(new Owner("network"), NetworkRules.protect(network));
            ledger.put(new Owner("first"), rules(FIRST_PORT - 1, 1));
            for (int i = 0; i < present; i += TOGETHER) {
                List<Rule> some = new ArrayList<>();
                for (int port = i; port < Math.min(i + TOGETHER, present); port++) {
                    some.addAll(rules(FIRST_PORT + port, FIRST_PORT + 2 * (present - port)));
                }
                ledger.put(new Owner("from " + i), some);
            }
        }
    }

    private static List<Rule> rules(int hostPort, int containerPort) {
        PortMapping mapping = new PortMapping(Optional.empty(), hostPort, containerPort, Protocol.TCP);
        return PortmapRules.of(
                new Publication("docker0", IpPrefix.parse("172.17.0.2/16"), List.of(mapping)), Publishing.PROTECTED);
    }
}
