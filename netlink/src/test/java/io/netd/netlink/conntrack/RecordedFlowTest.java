package io.netd.netlink.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.Attributes;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedFlowTest {
    private final List<Flow> flows = Recording.of("list-flows").messages().stream()
            .flatMap(message -> Flow.decode(message).stream())
            .toList();

    @Test
    void aFlowIsReadAsConntrackShowsIt() {
        IpAddress client = IpAddress.parse("10.0.0.1");
        IpAddress server = IpAddress.parse("10.0.0.2");
        assertThat(flows).singleElement().satisfies(flow -> {
            assertThat(flow.original()).isEqualTo(new Tuple(client, server, 17, 1000, 53));
            assertThat(flow.reply()).isEqualTo(new Tuple(server, client, 17, 53, 1000));
            assertThat(flow.original().touches(client)).isTrue();
        });
    }

    @Test
    void itIsDeletedByItsTupleAndId() {
        MessageWriter writer = new MessageWriter();
        flows.get(0).writeDelete(writer);
        Attributes ours = MessageReader.split(writer.finish()).get(0).attributes(Ctnetlink.NFGENMSG);
        Attributes theirs = Recording.of("list-flows").messages().get(0).attributes(Ctnetlink.NFGENMSG);
        assertThat(ours.find(Ctnetlink.CTA_TUPLE_ORIG)).isEqualTo(theirs.find(Ctnetlink.CTA_TUPLE_ORIG));
        assertThat(ours.find(Ctnetlink.CTA_ID)).isEqualTo(theirs.find(Ctnetlink.CTA_ID));
    }
}
