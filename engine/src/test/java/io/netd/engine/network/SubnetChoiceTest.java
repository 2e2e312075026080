package io.netd.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubnetChoiceTest {
    @Test
    void theFirstPoolIsDockers() {
        assertThat(choose(List.of(), List.of())).isEqualTo(IpPrefix.parse("172.17.0.0/16"));
    }

    @Test
    void whatTheHostReachesDirectlyIsPassedOver() {
        assertThat(choose(List.of(IpPrefix.parse("172.17.5.0/24")), List.of()))
                .isEqualTo(IpPrefix.parse("172.18.0.0/16"));
        assertThat(choose(List.of(IpPrefix.parse("172.16.0.0/12")), List.of()))
                .isEqualTo(IpPrefix.parse("192.168.0.0/20"));
    }

    @Test
    void aNameserverIsPassedOver() {
        assertThat(choose(List.of(), List.of(IpAddress.parse("172.17.0.53"))))
                .isEqualTo(IpPrefix.parse("172.18.0.0/16"));
    }

    @Test
    void dockersPoolsHold31Networks() {
        assertThat(AddressPool.DOCKERS.stream().flatMap(AddressPool::subnets))
                .hasSize(31)
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutAFreePoolTheMessageNamesTheWayOut() {
        assertThatThrownBy(() -> choose(List.of(IpPrefix.parse("0.0.0.0/1"), IpPrefix.parse("128.0.0.0/1")), List.of()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("--bip");
    }

    private static IpPrefix choose(List<IpPrefix> onLink, List<IpAddress> nameservers) {
        return new SubnetChoice(AddressPool.DOCKERS, onLink, nameservers).choose();
    }
}
