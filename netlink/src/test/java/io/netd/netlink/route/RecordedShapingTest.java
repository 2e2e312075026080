package io.netd.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.MacAddress;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside what {@code tc} and {@code ip} say. */
class RecordedShapingTest {
    private static final int RATE = 125_000;
    private static final int BURST = 25_000;
    private static final int LATENCY = 25_000;

    @Test
    void anIfbIsMadeWithTheAttributesOfIp() {
        MacAddress mac = MacAddress.parse("02:42:01:02:03:05");
        Message ours = first(LinkCreation.ifb("ifb1", mac, 1400, "netd"));
        Message theirs = Recording.of("add-ifb").request();

        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(payload(ours, 0, IfLink.IFINFOMSG)).isEqualTo(payload(theirs, 0, IfLink.IFINFOMSG));
        assertSame(
                ours.attributes(IfLink.IFINFOMSG),
                theirs.attributes(IfLink.IFINFOMSG),
                IfLink.IFLA_ADDRESS,
                IfLink.IFLA_MTU,
                IfLink.IFLA_TXQLEN,
                IfLink.IFLA_IFNAME);
        assertThat(ours.attributes(IfLink.IFINFOMSG)
                        .nested(IfLink.IFLA_LINKINFO)
                        .text(IfLink.IFLA_INFO_KIND))
                .contains("ifb");
    }

    @Test
    void aTokenBucketIsReckonedAsTcDoes() {
        Message theirs = Recording.of("add-tbf").request();
        Qdisc asked = QdiscCodec.decode(theirs).orElseThrow();

        assertThat(asked.bucket()).contains(TokenBucket.of(RATE, BURST, LATENCY));
        Message ours = first(QdiscCodec.addTokenBucket(
                new MessageWriter(), asked.index(), asked.bucket().get()));
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(payload(ours, 0, TrafficControl.TCMSG)).isEqualTo(payload(theirs, 0, TrafficControl.TCMSG));
        assertThat(ours.attributes(TrafficControl.TCMSG).text(TrafficControl.TCA_KIND))
                .contains("tbf");
    }

    @Test
    void anIngressQdiscIsAddedWithTheBytesOfTc() {
        Recording recording = Recording.of("add-ingress");
        int index = recording.request().payload().getInt(4);
        assertThat(bytes(QdiscCodec.addIngress(new MessageWriter(), index))).isEqualTo(recording.requestBytes());
    }

    @Test
    void aQdiscIsRemovedWithTheBytesOfTc() {
        Recording recording = Recording.of("delete-tbf");
        int index = recording.request().payload().getInt(4);
        MessageWriter writer =
                QdiscCodec.remove(new MessageWriter(), index, TrafficControl.FIRST_HANDLE, TrafficControl.TC_H_ROOT);
        assertThat(bytes(writer)).isEqualTo(recording.requestBytes());
    }

    @Test
    void everythingIsRedirectedWithTheAttributesOfTc() {
        Message theirs = Recording.of("add-redirect").request();
        int target = RedirectCodec.decode(theirs).orElseThrow();
        Message ours = first(RedirectCodec.add(
                new MessageWriter(), theirs.payload().getInt(4), target, TrafficControl.TCA_EGRESS_REDIR));

        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(payload(ours, 0, TrafficControl.TCMSG)).isEqualTo(payload(theirs, 0, TrafficControl.TCMSG));
        Attributes options = ours.attributes(TrafficControl.TCMSG).nested(TrafficControl.TCA_OPTIONS);
        Attributes expected = theirs.attributes(TrafficControl.TCMSG).nested(TrafficControl.TCA_OPTIONS);
        assertSame(options, expected, TrafficControl.TCA_U32_CLASSID, TrafficControl.TCA_U32_SEL);
        assertSame(mirred(options), mirred(expected), TrafficControl.TCA_MIRRED_PARMS);
    }

    private static Attributes mirred(Attributes options) {
        return options.nested(TrafficControl.TCA_U32_ACT).nested(1).nested(TrafficControl.TCA_ACT_OPTIONS);
    }

    @Test
    void qdiscsAreReadAsTcShowsThem() {
        List<Qdisc> qdiscs = Recording.of("show-qdiscs").messages().stream()
                .flatMap(message -> QdiscCodec.decode(message).stream())
                .toList();

        assertThat(qdiscs).hasSize(2).allMatch(qdisc -> qdisc.toString().equals("tbf 1:"));
        assertThat(qdiscs).allMatch(qdisc -> qdisc.parent() == TrafficControl.TC_H_ROOT);
        assertThat(qdiscs.get(0).bucket()).contains(TokenBucket.of(RATE, BURST, LATENCY));
        assertThat(qdiscs.get(1).bucket().map(TokenBucket::rate)).contains(99_999_999_999L);
    }

    @Test
    void filtersAreReadAsTcShowsThem() {
        int target =
                RedirectCodec.decode(Recording.of("add-redirect").request()).orElseThrow();
        List<Integer> targets = Recording.of("show-filters").messages().stream()
                .flatMap(message -> RedirectCodec.decode(message).stream())
                .toList();

        assertThat(targets).containsExactly(target);
    }

    private static void assertSame(Attributes ours, Attributes theirs, int... types) {
        for (int type : types) {
            assertThat(ours.find(type).map(Attribute::bytes).orElseThrow())
                    .as("attribute " + type)
                    .isEqualTo(theirs.find(type).map(Attribute::bytes).orElseThrow());
        }
    }

    private static byte[] payload(Message message, int from, int to) {
        byte[] bytes = new byte[to - from];
        message.payload().get(from, bytes);
        return bytes;
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
