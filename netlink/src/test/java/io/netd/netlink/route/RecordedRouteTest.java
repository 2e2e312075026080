package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedRouteTest {
    @Test
    void aLinkIsReadAsIpShowsIt() {
        List<Link> links = Recording.of("show-link").messages().stream()
                .flatMap(message -> LinkCodec.decode(message).stream())
                .distinct()
                .toList();

        assertThat(links).singleElement().satisfies(link -> {
            assertThat(link.name()).isEqualTo("v0");
            assertThat(link.kind()).isEqualTo("veth");
            assertThat(link.alias()).contains("netd");
            assertThat(link.mtu()).isEqualTo(1500);
            assertThat(link.up()).isTrue();
            assertThat(link.running()).isFalse();
            assertThat(link.masterIndex()).isEqualTo(2);
            assertThat(link.peerIndex()).isPositive();
            assertThat(link.group()).isZero();
        });
    }

    @Test
    void addressesAreReadAsIpShowsThem() {
        List<InterfaceAddress> addresses = Recording.of("show-addresses").messages().stream()
                .flatMap(message -> AddressCodec.decode(message).stream())
                .toList();

        assertThat(addresses)
                .anySatisfy(address -> {
                    assertThat(address.prefix()).isEqualTo(IpPrefix.parse("172.17.0.2/16"));
                    assertThat(address.scope()).isEqualTo(Rtnetlink.RT_SCOPE_UNIVERSE);
                    assertThat(address.isTentative()).isFalse();
                })
                .anySatisfy(address -> {
                    assertThat(address.prefix().address().isLinkLocal()).isTrue();
                    assertThat(address.isTentative()).isTrue();
                });
    }

    @Test
    void routesAreReadAsIpShowsThem() {
        List<Route> routes = Recording.of("show-routes").messages().stream()
                .flatMap(message -> RouteCodec.decode(message).stream())
                .toList();

        int eth0 = routes.get(0).outIndex();
        assertThat(routes)
                .contains(
                        Route.byDefault(IpAddress.parse("172.17.0.1"), eth0),
                        Route.to(IpPrefix.parse("10.9.0.0/16"), eth0)
                                .via(IpAddress.parse("172.17.0.9"))
                                .withMetric(77)
                                .withSizes(1400, 1360)
                                .withPreferredSource(IpAddress.parse("172.17.0.2")));
        assertThat(routes).noneMatch(route -> route.destination().equals(IpPrefix.parse("172.17.0.2/32")));
    }

    @Test
    void anAddressIsAddedWithTheBytesOfIp() {
        Recording recording = Recording.of("add-address");
        int eth0 = recording.request().payload().getInt(4);
        MessageWriter writer = AddressCodec.add(new MessageWriter(), eth0, IpPrefix.parse("172.17.0.2/16"), 0);
        assertThat(bytes(writer)).isEqualTo(recording.requestBytes());
    }

    @Test
    void aDefaultRouteIsAddedWithTheBytesOfIp() {
        Route route = Route.byDefault(IpAddress.parse("172.17.0.1"), 0);
        MessageWriter writer = RouteCodec.add(new MessageWriter(), route, Netlink.NLM_F_EXCL);
        assertThat(bytes(writer)).isEqualTo(Recording.of("add-route").requestBytes());
    }

    @Test
    void aBridgeIsMadeWithTheAttributesOfIp() {
        MessageWriter writer = LinkCreation.bridge("br0", Optional.of(MacAddress.parse("02:42:01:02:03:04")), 0, false);
        Attributes ours = first(writer).attributes(IfLink.IFINFOMSG);
        Attributes theirs = Recording.of("add-bridge").request().attributes(IfLink.IFINFOMSG);

        assertThat(ours.text(IfLink.IFLA_IFNAME)).isEqualTo(theirs.text(IfLink.IFLA_IFNAME));
        assertThat(ours.find(IfLink.IFLA_ADDRESS)).isEqualTo(theirs.find(IfLink.IFLA_ADDRESS));
        assertThat(ours.nested(IfLink.IFLA_LINKINFO).text(IfLink.IFLA_INFO_KIND))
                .isEqualTo(theirs.nested(IfLink.IFLA_LINKINFO).text(IfLink.IFLA_INFO_KIND))
                .contains("bridge");
        assertThat(first(writer).flags())
                .isEqualTo(Recording.of("add-bridge").request().flags());
    }

    @Test
    void theRequestOfIpForAVethIsReadable() {
        Message request = Recording.of("add-veth").request();
        Attributes all = request.attributes(IfLink.IFINFOMSG);
        Attributes data = all.nested(IfLink.IFLA_LINKINFO).nested(IfLink.IFLA_INFO_DATA);
        ByteBuffer peer = data.find(IfLink.VETH_INFO_PEER).orElseThrow().value();

        assertThat(request.payload().getInt(8) & IfLink.IFF_UP).isNotZero();
        assertThat(all.u32(IfLink.IFLA_MASTER)).hasValue(2);
        assertThat(Attributes.parse(peer.duplicate().position(IfLink.IFINFOMSG)).text(IfLink.IFLA_IFNAME))
                .contains("eth0");
    }

    private static Message first(MessageWriter writer) {
        return MessageReader.split(writer.finish()).get(0);
    }

    private static byte[] bytes(MessageWriter writer) {
        ByteBuffer batch = writer.finish();
        byte[] bytes = new byte[batch.remaining()];
        batch.get(bytes);
        return bytes;
    }
}
