package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netd.address.testing.Generated;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedPortTest {
    static Stream<Arguments> vlans() {
        int v0 = Recording.of("add-vlan").request().payload().getInt(4);
        return Stream.of(
                Arguments.of("add-vlan", VlanCodec.add(new MessageWriter(), v0, List.of(PortVlan.untagged(5)))),
                Arguments.of("add-vlans", VlanCodec.add(new MessageWriter(), v0, List.of(PortVlan.tagged(10, 20)))),
                Arguments.of("delete-vlan", VlanCodec.remove(new MessageWriter(), v0, List.of(PortVlan.tagged(1, 1)))));
    }

    @ParameterizedTest
    @MethodSource("vlans")
    void vlansAreChangedWithTheBytesOfBridge(String name, MessageWriter writer) {
        Message ours = first(writer);
        Message theirs = Recording.of(name).request();

        assertThat(ours.type()).isEqualTo(theirs.type());
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(head(ours)).isEqualTo(head(theirs));
        // iproute2 does not mark the attribute as nested.
        assertThat(spec(ours)).isEqualTo(spec(theirs)).isNotEmpty();
    }

    @Test
    void aBridgeThatKeepsVlansApartIsMadeAsIpMakesIt() {
        Attributes ours = linkInfo(first(LinkCreation.bridge("br1", Optional.empty(), 0, true)));
        Attributes theirs = linkInfo(Recording.of("add-vlan-bridge").request());

        assertThat(ours.find(IfLink.IFLA_INFO_DATA).orElseThrow().bytes())
                .isEqualTo(theirs.find(IfLink.IFLA_INFO_DATA).orElseThrow().bytes());
    }

    @Test
    void aPortIsIsolatedAsIpIsolatesIt() {
        MessageWriter writer = new MessageWriter().begin(Rtnetlink.RTM_NEWLINK, LinkCreation.ACKED);
        LinkCodec.header(writer, 0, 0, 0);
        Attributes ours = linkInfo(first(LinkCreation.port(writer, new PortFlags(false, true))));
        Attributes theirs = linkInfo(Recording.of("isolate-port").request());

        assertThat(ours.find(IfLink.IFLA_INFO_SLAVE_DATA).orElseThrow().bytes())
                .isEqualTo(
                        theirs.find(IfLink.IFLA_INFO_SLAVE_DATA).orElseThrow().bytes());
    }

    @Test
    void vlansComeBackAsTheyWereWritten() {
        Generated.times(1000, random -> {
            List<PortVlan> vlans = Generated.list(random, 20, RecordedPortTest::vlan);
            MessageWriter writer = VlanCodec.add(new MessageWriter(), 7, vlans);
            // A kernel lists them in the same attributes.
            Message listed =
                    new Message(Rtnetlink.RTM_NEWLINK, 0, 0, 0, first(writer).payload());

            assertThat(VlanCodec.decode(listed)).contains(new VlanCodec.Port(7, vlans));
        });
    }

    private static PortVlan vlan(SplittableRandom random) {
        int first = Generated.integer(random, 1, PortVlan.MAX);
        return random.nextBoolean()
                ? PortVlan.untagged(first)
                : PortVlan.tagged(first, Generated.integer(random, first, PortVlan.MAX));
    }

    @Test
    void vlansAreReadAsBridgeShowsThem() {
        Recording recording = Recording.of("show-vlans");
        List<VlanCodec.Port> ports = recording.messages().stream()
                .flatMap(message -> VlanCodec.decode(message).stream())
                .toList();

        assertThat(bytes(VlanCodec.list(new MessageWriter()))).isEqualTo(recording.requestBytes());
        PortVlan native1 = new PortVlan(1, 1, false, true);
        assertThat(ports)
                .extracting(VlanCodec.Port::vlans)
                .containsExactly(
                        List.of(PortVlan.untagged(1)), List.of(native1, PortVlan.untagged(5), PortVlan.tagged(10, 20)));
    }

    @Test
    void noVlanIsOutsideOfWhatThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> PortVlan.tagged(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> PortVlan.tagged(1, 4095));
        assertThatIllegalArgumentException().isThrownBy(() -> PortVlan.tagged(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PortVlan(1, 2, true, true));
    }

    private static byte[] head(Message message) {
        byte[] bytes = new byte[message.payload().remaining()];
        message.payload().duplicate().get(bytes);
        return Arrays.copyOf(bytes, IfLink.IFINFOMSG);
    }

    private static byte[] spec(Message message) {
        return message.attributes(IfLink.IFINFOMSG)
                .find(IfLink.IFLA_AF_SPEC)
                .orElseThrow()
                .bytes();
    }

    private static Attributes linkInfo(Message message) {
        return message.attributes(IfLink.IFINFOMSG).nested(IfLink.IFLA_LINKINFO);
    }

    private static byte[] bytes(MessageWriter writer) {
        byte[] bytes = new byte[writer.finish().remaining()];
        writer.finish().get(bytes);
        return Recording.withoutSequence(bytes);
    }

    private static Message first(MessageWriter writer) {
        return MessageReader.split(writer.finish()).get(0);
    }
}
