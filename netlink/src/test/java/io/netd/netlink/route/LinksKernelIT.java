package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.MacAddress;
import io.netd.linux.sys.Errno;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.monitor.LinkEvent;
import io.netd.netlink.monitor.Monitor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinksKernelIT {
    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final RouteSocket socket = RouteSocket.openIn(host.namespace());
    private final Links links = socket.links();

    @AfterEach
    void close() {
        socket.close();
        container.close();
        host.close();
    }

    @Test
    void aBridgeIsMadeAsAsked() {
        MacAddress mac = MacAddress.parse("02:42:0a:0b:0c:0d");

        Link bridge = links.addBridge("br0", Optional.of(mac), 1400);
        links.setUp(bridge.index());

        assertThat(bridge.kind()).isEqualTo("bridge");
        assertThat(bridge.mac()).contains(mac);
        assertThat(host.sh("ip -d -j link show br0"))
                .contains("\"info_kind\":\"bridge\"", "\"mtu\":1400", "02:42:0a:0b:0c:0d", "\"UP\"");
        assertThat(links.byIndex(bridge.index()).orElseThrow().up()).isTrue();
    }

    @Test
    void aPinnedBridgeKeepsItsMtuWhenPortsComeAndGo() {
        Link bridge = links.addBridge("br0", Optional.empty(), 1400);
        Link port = addVeth(VethSpec.of("v0", "eth0", container.namespace().fd())
                .withMaster(bridge.index())
                .withMtu(1300));
        assertThat(host.sh("ip -j link show br0")).contains("\"mtu\":1400");
        links.delete(port.index());
        assertThat(host.sh("ip -j link show br0")).contains("\"mtu\":1400");
    }

    @Test
    void aTakenNameIsRefusedWithEexist() {
        links.addBridge("br0", Optional.empty(), 0);
        assertThatThrownBy(() -> links.addBridge("br0", Optional.empty(), 0))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessageContaining("add bridge br0");
    }

    @Test
    void aVethPairIsMadeInOneGo() {
        Link bridge = links.addBridge("br0", Optional.empty(), 0);
        Link veth = addVeth(VethSpec.of("veth1", "eth0", container.namespace().fd())
                .withMaster(bridge.index())
                .withMtu(1450)
                .withHostMac(MacAddress.parse("02:00:00:00:00:01"))
                .withPeerMac(MacAddress.parse("02:00:00:00:00:02"))
                .withAlias("netd:test")
                .withPort(new PortFlags(true, false)));

        assertThat(host.sh("ip -d -j link show veth1"))
                .contains("\"master\":\"br0\"", "\"mtu\":1450", "02:00:00:00:00:01", "\"UP\"")
                .contains("\"ifalias\":\"netd:test\"", "\"hairpin\":true")
                .contains("\"num_tx_queues\":1,\"num_rx_queues\":1,");
        assertThat(container.sh("ip -d -j link show eth0"))
                .contains("\"mtu\":1450", "02:00:00:00:00:02", "\"DOWN\"")
                .contains("\"num_tx_queues\":1,\"num_rx_queues\":1,");
        assertThat(veth.alias()).contains("netd:test");
        assertThat(veth.masterIndex()).isEqualTo(bridge.index());
        try (RouteSocket inside = RouteSocket.openIn(container.namespace())) {
            Link eth0 = inside.links().byName("eth0").orElseThrow();
            assertThat(eth0.peerIndex()).isEqualTo(veth.index());
            assertThat(veth.peerIndex()).isEqualTo(eth0.index());
        }
    }

    @Test
    void aTakenPeerNameLeavesNoHostEnd() {
        container.sh("ip link add eth0 type bridge");
        assertThatThrownBy(() -> links.addVeth(
                        VethSpec.of("veth1", "eth0", container.namespace().fd())))
                .isInstanceOf(NetlinkException.class);
        assertThat(links.byName("veth1")).isEmpty();
    }

    @Test
    void hairpinThatCannotBeSetLeavesNoPair() {
        assertThatThrownBy(() -> links.addVeth(
                        VethSpec.of("veth1", "eth0", container.namespace().fd()).withPort(new PortFlags(true, false))))
                .isInstanceOf(NetlinkException.class);
        assertThat(links.byName("veth1")).isEmpty();
        assertThat(container.sh("ip -j link")).doesNotContain("eth0");
    }

    @Test
    void everySetterReachesTheKernel() {
        Link bridge = links.addBridge("br0", Optional.empty(), 0);
        int veth = addVeth(VethSpec.of("veth1", "eth0", container.namespace().fd()))
                .index();
        links.setMaster(veth, bridge.index());
        links.setHairpin(veth, true);
        links.setMtu(veth, 1280);
        links.setMac(veth, MacAddress.parse("02:00:00:00:00:07"));
        links.setAlias(veth, "hello");
        links.setPromiscuous(veth, true);
        links.setAllMulticast(veth, true);
        links.setTxQueueLength(veth, 77);
        links.setDown(veth);
        links.rename(veth, "veth2");

        assertThat(host.sh("ip -d -j link show veth2"))
                .contains("\"hairpin\":true", "\"mtu\":1280", "02:00:00:00:00:07", "\"ifalias\":\"hello\"")
                .contains("PROMISC", "ALLMULTI", "\"txqlen\":77", "\"operstate\":\"DOWN\"");
        assertThat(links.byIndex(veth).orElseThrow())
                .matches(link -> link.promiscuous() && link.allMulticast() && link.txQueueLength() == 77);
        assertThat(host.sh("bridge -d link show dev veth2")).contains("hairpin on");

        links.setHairpin(veth, false);
        links.setMaster(veth, 0);
        links.setPromiscuous(veth, false);
        links.setAllMulticast(veth, false);
        links.setAlias(veth, "");
        assertThat(host.sh("ip -d -j link show veth2")).doesNotContain("master", "PROMISC", "ALLMULTI", "hello");
        assertThat(links.byIndex(veth).orElseThrow())
                .matches(link -> !link.promiscuous() && !link.allMulticast())
                .matches(link -> link.alias().isEmpty());
    }

    @Test
    void lookingForNothingIsCheapAndEmpty() {
        assertThat(links.byName("nothere")).isEmpty();
        assertThat(links.byName("a-name-far-too-long-for-a-link")).isEmpty();
        assertThat(links.byName("")).isEmpty();
        assertThat(links.byIndex(4711)).isEmpty();
        assertThat(links.delete(4711)).isFalse();
    }

    @Test
    void listShowsEveryLink() {
        IntStream.range(0, 200).forEach(i -> links.addBridge("b" + i, Optional.empty(), 0));
        assertThat(links.list())
                .extracting(Link::name)
                .contains("lo", "b0", "b199")
                .hasSize(201);
    }

    @Test
    void aGroupIsDeletedTogetherAndOthersStay() throws InterruptedException {
        List<Integer> indexes = IntStream.range(0, 50)
                .map(i -> addVeth(VethSpec.of(
                                "v" + i, "e" + i, container.namespace().fd()))
                        .index())
                .boxed()
                .toList();
        int stays =
                addVeth(VethSpec.of("stays", "e", container.namespace().fd())).index();
        links.delete(indexes.get(7));
        BlockingQueue<Integer> groups = new LinkedBlockingQueue<>();
        Monitor removals = host.call(() -> Monitor.openForRemovedLinks(
                event -> groups.add(((LinkEvent.LinkRemoved) event).link().group())));

        links.deleteGroup(indexes);

        Integer group = groups.poll(10, TimeUnit.SECONDS);
        assertThat(group).isNotNull().isNotZero();
        for (int others = indexes.size() - 2; others > 0; others--) {
            assertThat(groups.poll(10, TimeUnit.SECONDS)).isEqualTo(group);
        }
        removals.close();
        assertThat(host.sh("ip -j link")).contains("stays").doesNotContain("\"v");
        assertThat(links.byIndex(stays)).isPresent();
        links.deleteGroup(indexes);
        links.deleteGroup(List.of());
        links.deleteGroup(List.of(indexes.get(0)));
    }

    @Test
    void aBridgeWithoutAFreePortSaysSo() {
        Link bridge = links.addBridge("br0", Optional.empty(), 0);
        host.sh("i=0; while [ $i -lt 1023 ]; do echo link add p$i master br0 type veth; i=$((i+1)); done | ip -b -");
        assertThatThrownBy(() -> links.addVeth(
                        VethSpec.of("last", "eth0", container.namespace().fd()).withMaster(bridge.index())))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EXFULL));
        assertThat(links.byName("last")).isEmpty();
    }

    @Test
    void anErrorCarriesTheKernelsWords() {
        int veth = addVeth(VethSpec.of("veth1", "eth0", container.namespace().fd()))
                .index();
        assertThatThrownBy(() -> links.setMtu(veth, 70_000)).isInstanceOfSatisfying(NetlinkException.class, e -> {
            assertThat(e.errno()).isEqualTo(Errno.EINVAL);
            assertThat(e.kernelText()).contains("mtu");
        });
    }

    private Link addVeth(VethSpec spec) {
        links.addVeth(spec);
        return links.byName(spec.hostName()).orElseThrow();
    }

    @Test
    void anIndexIsFoundByName() {
        Link bridge = links.addBridge("abcdefghijklmno", Optional.empty(), 0);
        assertThat(links.indexOf("abcdefghijklmno")).hasValue(bridge.index());
        assertThat(links.indexOf("lo")).hasValue(1);
        assertThat(links.indexOf("nosuch")).isEmpty();
        assertThat(links.indexOf("")).isEmpty();
        assertThat(links.indexOf("abcdefghijklmnop")).isEmpty();
    }
}
