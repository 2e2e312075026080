package io.netd.netlink.diag;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.Protocol;
import io.netd.netlink.testing.Recording;
import io.netd.netlink.wire.MessageReader;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedListenerTest {
    @Test
    void aListenerIsReadAsSsShowsIt() {
        List<SocketInfo> found = Recording.of("list-listeners").messages().stream()
                .flatMap(message -> InetDiag.decode(message, Protocol.TCP).stream())
                .toList();
        assertThat(found).singleElement().satisfies(info -> {
            assertThat(info.local()).isEqualTo(IpAddress.parse("127.0.0.1"));
            assertThat(info.port()).isEqualTo(80);
            assertThat(info.inode()).isPositive();
            assertThat(info.uid()).isZero();
        });
    }

    @Test
    void theRequestHasTheSizeOfTheirs() {
        MessageWriter writer = InetDiag.request(InetDiag.AF_INET, Protocol.TCP, 80);
        int size = MessageReader.split(writer.finish()).get(0).payload().limit();
        assertThat(size)
                .isEqualTo(Recording.of("list-listeners").request().payload().limit());
    }
}
