package io.netd.netlink.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Errno;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches and dumps, compared with what nft says. */
class NftSocketKernelIT {
    private static final ChainName CHAIN = new ChainName(NftFamily.IP, "t", "c");

    private static final SetName PORTS = new SetName(NftFamily.IP, "t", "ports");
    private static final SetSpec PORT_MAP = new SetSpec(
            List.of(DataType.INET_PROTO, DataType.INET_SERVICE),
            List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE),
            false,
            true,
            "published");

    private ThrowawayNamespace host;
    private NftSocket socket;

    @BeforeEach
    void open() {
        host = ThrowawayNamespace.create();
        socket = host.call(NftSocket::open);
    }

    @AfterEach
    void close() {
        socket.close();
        host.close();
    }

    @Test
    void everyExpressionIsReadAsItWasWritten() {
        List<Expression> expressions = List.of(
                new Meta(NfTables.NFT_META_IIFNAME),
                new Cmp(true, Data.of("lo\0".getBytes(StandardCharsets.US_ASCII))),
                new Meta(NfTables.NFT_META_L4PROTO),
                new Cmp(false, Data.of((byte) 6)),
                new Payload(NfTables.NFT_PAYLOAD_NETWORK_HEADER, 12, 4),
                new Bitwise(Data.of((byte) 255, (byte) 255, (byte) 240, (byte) 0)),
                new Cmp(false, Data.of((byte) 10, (byte) 1, (byte) 16, (byte) 0)),
                new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2),
                new Range(Data.of((byte) 0, (byte) 80), Data.of((byte) 1, (byte) 2)),
                new XtMatch("addrtype", 1, Data.of(new byte[] {4, 0, 0, 0, 0, 0, 0, 0})),
                new Counter(),
                Immediate.jump("d"));
        Committed committed =
                socket.commit(batch().addChain(new ChainName(NftFamily.IP, "t", "d"), Optional.empty(), Data.of())
                        .addRule(CHAIN, RuleBody.iptables(expressions, 6), Position.LAST));
        assertThat(socket.rules(CHAIN))
                .containsExactly(new NftRule(committed.handles().get(0), expressions));
        assertThat(committed.generation()).hasValue(socket.generation());
        assertThat(host.sh("nft list chain ip t c"))
                .contains("iifname != \"lo\" ip saddr 10.1.16.0/20 tcp dport 80-258 fib saddr type local counter"
                        + " packets 0 bytes 0 jump d");
    }

    @Test
    void nativeExpressionsAreReadAsTheyWereWritten() {
        List<Expression> expressions = List.of(
                new Fib(true),
                new Cmp(true, Data.of((byte) 2, (byte) 0, (byte) 0, (byte) 0)),
                new Ct(NfTables.NFT_CT_STATE),
                new Bitwise(Data.of((byte) 6, (byte) 0, (byte) 0, (byte) 0)),
                new Cmp(true, Data.of((byte) 0, (byte) 0, (byte) 0, (byte) 0)),
                new Meta(NfTables.NFT_META_L4PROTO),
                new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, DataType.register(4)),
                new Counter(),
                new Lookup("ports", OptionalInt.of(NfTables.NFT_REG_1)),
                new Nat(false, NftFamily.IP, NfTables.NFT_REG_1, DataType.register(4), DataType.register(4)));
        List<Expression> masquerade = List.of(new Masquerade());
        List<Expression> source = List.of(
                new Load(Data.of((byte) 1, (byte) 2, (byte) 3, (byte) 4), NfTables.NFT_REG_1),
                new Nat(true, NftFamily.IP, NfTables.NFT_REG_1, 0, 0));
        ChainName nat = new ChainName(NftFamily.IP, "t", "nat");
        socket.commit(batch().addSet(PORTS, PORT_MAP)
                .addChain(nat, Optional.of(new Hook("nat", 4, 100)), Data.of())
                .addRule(CHAIN, RuleBody.commented(expressions, "one rule"), Position.LAST)
                .addRule(nat, RuleBody.commented(masquerade, "a"), Position.LAST)
                .addRule(nat, RuleBody.commented(source, "b"), Position.LAST));
        assertThat(socket.rules(CHAIN)).extracting(NftRule::expressions).containsExactly(expressions);
        assertThat(socket.rules(nat)).extracting(NftRule::expressions).containsExactly(masquerade, source);
        assertThat(host.sh("nft -s list ruleset; nft -s list ruleset | nft -c -f -"))
                .contains("fib saddr type != local ct state established,related counter dnat ip to"
                        + " meta l4proto . th dport map @ports comment \"one rule\"")
                .contains("masquerade")
                .contains("snat to 1.2.3.4");
    }

    @Test
    void elementsOfMapsComeAndGo() {
        NftElement one = element(80, 1);
        NftElement other = element(81, 2);
        socket.commit(batch().addSet(PORTS, PORT_MAP).addElement(PORTS, one).addElement(PORTS, other));
        socket.commit(new NftBatch(socket.generation()).addElement(PORTS, one));
        assertThat(socket.sets(NftFamily.IP, "t")).containsExactly("ports");
        assertThat(socket.elements(PORTS)).containsExactlyInAnyOrder(one, other);
        assertThat(host.sh("nft -s list map ip t ports"))
                .contains("comment \"published\"", "tcp . 80 counter : 10.0.0.1 . 80", "tcp . 81 counter : 10.0.0.2");
        assertThatThrownBy(() -> socket.commit(new NftBatch(socket.generation()).addElement(PORTS, element(80, 3))))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        socket.commit(new NftBatch(socket.generation()).deleteElement(PORTS, one));
        assertThat(socket.elements(PORTS)).containsExactly(other);
        socket.commit(new NftBatch(socket.generation()).deleteSet(PORTS));
        assertThat(socket.sets(NftFamily.IP, "t")).isEmpty();
    }

    @Test
    void anElementMayStandForARange() {
        SetSpec ranges = new SetSpec(
                List.of(DataType.INET_PROTO, DataType.INET_SERVICE), List.of(DataType.IPV4_ADDR), true, true, "ranges");
        NftElement range = new NftElement(key(8000), key(8999), Data.of((byte) 10, (byte) 0, (byte) 0, (byte) 1));
        socket.commit(batch().addSet(PORTS, ranges).addElement(PORTS, range));
        assertThat(socket.elements(PORTS)).containsExactly(range);
        assertThat(host.sh("nft -s list map ip t ports")).contains("tcp . 8000-8999 counter : 10.0.0.1");
        socket.commit(new NftBatch(socket.generation()).deleteElement(PORTS, range));
        assertThat(socket.elements(PORTS)).isEmpty();
    }

    @Test
    void aVerdictMapLeadsToChains() {
        SetName ways = new SetName(NftFamily.IP, "t", "ways");
        SetSpec map = new SetSpec(List.of(DataType.IFNAME), List.of(DataType.VERDICT), false, false, "ways");
        NftElement way = NftElement.jump(
                Data.of("br0".getBytes(StandardCharsets.US_ASCII)).padded(16), "d");
        List<Expression> led = List.of(new Meta(NfTables.NFT_META_OIFNAME), Lookup.verdict("ways"));
        ChainName target = new ChainName(NftFamily.IP, "t", "d");
        SetName names = new SetName(NftFamily.IP, "t", "names");
        socket.commit(batch().addChain(target, Optional.empty(), Data.of())
                .addSet(ways, map)
                .addElement(ways, way)
                .addRule(CHAIN, new RuleBody(led, OptionalInt.empty(), Data.of()), Position.LAST));
        assertThat(socket.elements(ways)).containsExactly(way);
        assertThat(socket.rules(CHAIN)).extracting(NftRule::expressions).containsExactly(led);
        assertThat(host.sh("nft -s list ruleset; nft -s list ruleset | nft -c -f -"))
                .contains("type ifname : verdict", "elements = { \"br0\" : jump d }", "oifname vmap @ways");
        socket.commit(new NftBatch(socket.generation()).deleteElement(ways, way).deleteChain(target));
        assertThat(socket.elements(ways)).isEmpty();
        socket.commit(new NftBatch(socket.generation())
                .addSet(names, new SetSpec(List.of(DataType.IFNAME), List.of(), false, false, "names"))
                .addRule(CHAIN, new RuleBody(inverted("names"), OptionalInt.empty(), Data.of()), Position.LAST));
        assertThat(socket.rules(CHAIN)).last().extracting(NftRule::expressions).isEqualTo(inverted("names"));
        assertThat(host.sh("nft -s list chain ip t c")).contains("iifname != @names counter");
    }

    private static List<Expression> inverted(String set) {
        return List.of(new Meta(NfTables.NFT_META_IIFNAME), new Lookup(set, OptionalInt.empty(), true), new Counter());
    }

    private static NftElement element(int port, int host) {
        return new NftElement(
                key(port),
                Data.of((byte) 10, (byte) 0, (byte) 0, (byte) host, (byte) 0, (byte) port, (byte) 0, (byte) 0));
    }

    private static Data key(int port) {
        return Data.of((byte) 6, (byte) 0, (byte) 0, (byte) 0, (byte) (port >> 8), (byte) port, (byte) 0, (byte) 0);
    }

    @Test
    void positionsAreRelativeToHandles() {
        List<Long> first = socket.commit(
                        batch().addRule(CHAIN, mark(3), Position.LAST).addRule(CHAIN, mark(5), Position.LAST))
                .handles();
        socket.commit(new NftBatch(socket.generation())
                .addRule(CHAIN, mark(1), Position.FIRST)
                .addRule(CHAIN, mark(2), Position.before(first.get(0)))
                .addRule(CHAIN, mark(4), Position.after(first.get(0)))
                .addRule(CHAIN, mark(6), Position.LAST)
                .deleteRule(CHAIN, first.get(1)));
        assertThat(socket.rules(CHAIN).stream().map(NftRule::expressions))
                .containsExactly(
                        mark(1).expressions(),
                        mark(2).expressions(),
                        mark(3).expressions(),
                        mark(4).expressions(),
                        mark(6).expressions());
    }

    @Test
    void aBatchForAnOldGenerationIsRefusedWhole() {
        NftBatch late = batch();
        host.sh("nft add table ip other");
        assertThatThrownBy(() -> socket.commit(late))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ERESTART));
        assertThat(socket.tables(NftFamily.IP)).extracting(NftTable::name).containsExactly("other");
    }

    @Test
    void aRefusalNamesTheMessageAndNothingIsDone() {
        NftBatch batch =
                batch().addRule(CHAIN, mark(1), Position.LAST).deleteRule(new ChainName(NftFamily.IP, "t", "none"), 7);
        assertThatThrownBy(() -> socket.commit(batch))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageStartingWith("delete rule of ip t none");
        assertThat(host.sh("nft list ruleset")).isEmpty();
    }

    @Test
    void whatIsNotEmptyIsNotDeleted() {
        socket.commit(batch().addRule(CHAIN, mark(1), Position.LAST));
        assertThatThrownBy(() -> socket.commit(new NftBatch(socket.generation()).deleteChain(CHAIN)))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        assertThatThrownBy(() -> socket.commit(new NftBatch(socket.generation()).deleteTable(NftFamily.IP, "t")))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
    }

    @Test
    void rulesOfOthersAreReadWithoutHarm() {
        host.sh(
                "nft 'table ip t { set s { type ipv4_addr; }; chain c { ip saddr @s log prefix \"x\" limit rate 1/second"
                        + " accept; ct state new drop; }; }'");
        assertThat(socket.rules(CHAIN)).hasSize(2);
        assertThat(socket.rules(new ChainName(NftFamily.IP6, "t", "c"))).isEmpty();
    }

    @Test
    void aRuleForBridgesIsWhatNftWrites() {
        ChainName base = new ChainName(NftFamily.BRIDGE, "nat", "PREROUTING");
        ChainName own = new ChainName(NftFamily.BRIDGE, "nat", "own");
        Data address = Data.of((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
        List<Expression> expressions = List.of(
                new Payload(NfTables.NFT_PAYLOAD_LL_HEADER, 6, 6),
                new Cmp(false, address),
                Immediate.verdict(NfTables.NFT_RETURN));
        socket.commit(new NftBatch(socket.generation())
                .addTable(NftFamily.BRIDGE, "nat", Data.of())
                .addChain(base, Optional.of(new Hook("filter", 0, -300)), Data.of())
                .addChain(own, Optional.empty(), Data.of())
                .addRule(own, RuleBody.commented(expressions, "why"), Position.LAST));
        String written = host.sh("nft list ruleset");
        host.sh("nft flush ruleset; nft add table bridge nat;"
                + " nft 'add chain bridge nat PREROUTING { type filter hook prerouting priority -300; }';"
                + " nft add chain bridge nat own;"
                + " nft 'add rule bridge nat own ether saddr 02:00:00:00:00:01 return comment \"why\"'");
        assertThat(written).isEqualTo(host.sh("nft list ruleset"));
        assertThat(socket.rules(own)).extracting(NftRule::expressions).containsExactly(expressions);
    }

    @Test
    void aFlushedChainStays() {
        socket.commit(batch().addRule(CHAIN, mark(1), Position.LAST));
        socket.commit(new NftBatch(socket.generation()).flushChain(CHAIN));
        assertThat(socket.rules(CHAIN)).isEmpty();
        assertThat(host.sh("nft list ruleset")).contains("chain c");
    }

    private NftBatch batch() {
        return new NftBatch(socket.generation())
                .addTable(NftFamily.IP, "t", Data.of())
                .addChain(CHAIN, Optional.empty(), Data.of());
    }

    private static RuleBody mark(int mark) {
        Data value = Data.of((byte) mark, (byte) 0, (byte) 0, (byte) 0);
        return RuleBody.iptables(List.of(new Meta(NfTables.NFT_META_MARK), new Cmp(false, value), new Counter()), 0);
    }
}
