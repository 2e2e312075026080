package io.netd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortTableTest {
    private final PortTable table = new PortTable();
    private final PortOwner web = new PortOwner("a/eth0", "container web");
    private final PortOwner other = new PortOwner("b/eth0", "container other");

    @Test
    void aTakenPortIsRefusedWithItsHoldersName() {
        table.claim(web, Mappings.of("8080:80"));
        assertThatThrownBy(() -> table.claim(other, Mappings.of("8080:81")))
                .isInstanceOf(PortTakenException.class)
                .hasMessage("Bind for 0.0.0.0:8080 failed: port is already allocated by container web"
                        + " (0.0.0.0:8080->80/tcp)");
    }

    @Test
    void theWildcardMeetsEveryAddressOfItsFamilyBothWays() {
        table.claim(web, Mappings.of("127.0.0.1:80:80"));
        assertThatThrownBy(() -> table.claim(other, Mappings.of("80:80"))).isInstanceOf(PortTakenException.class);
        assertThatThrownBy(() -> table.claim(other, Mappings.of("0.0.0.0:80:80")))
                .isInstanceOf(PortTakenException.class);
        assertThatCode(() -> table.claim(other, Mappings.of("[::]:80:80"))).doesNotThrowAnyException();
    }

    @Test
    void distinctAddressesAndProtocolsShareANumber() {
        table.claim(web, Mappings.of("127.0.0.1:53:53"));
        assertThatCode(() -> table.claim(other, Mappings.of("127.0.0.2:53:53"))).doesNotThrowAnyException();
        assertThatCode(() -> table.claim(new PortOwner("c", "c"), Mappings.of("127.0.0.1:53:53/udp")))
                .doesNotThrowAnyException();
    }

    @Test
    void aRefusedClaimEntersNothing() {
        table.claim(web, Mappings.of("81:80"));
        assertThatThrownBy(() -> table.claim(other, Mappings.of("80-82:80-82"))).isInstanceOf(PortTakenException.class);
        assertThat(table.of(other.key())).isEmpty();
        table.claim(new PortOwner("c", "c"), Mappings.of("80:80"));
    }

    @Test
    void releaseFreesThePortAndMayBeRepeated() {
        table.claim(web, Mappings.of("8080:80"));
        table.release(web.key());
        table.release(web.key());
        table.claim(other, List.copyOf(Mappings.of("8080:80")));
        assertThat(table.of(other.key())).hasSize(1);
    }
}
