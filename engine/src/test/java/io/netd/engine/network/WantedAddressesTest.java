package io.netd.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WantedAddressesTest {
    private static final List<IpPrefix> SUBNETS = List.of(IpPrefix.parse("10.1.0.0/24"), IpPrefix.parse("fd01::/64"));
    private static final List<IpPrefix> GATEWAYS = List.of(IpPrefix.parse("10.1.0.1/24"), IpPrefix.parse("fd01::1/64"));

    @Test
    void addressesOfANetworksSubnetsAreFine() {
        assertThatCode(() -> wanted("10.1.0.9", "fd01::9").requireIn("blue", true, SUBNETS))
                .doesNotThrowAnyException();
        assertThatCode(() -> WantedAddresses.NONE.requireIn("bridge", false, List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> wanted("10.2.0.9", "fd02::9").requireIn("bridge", false, SUBNETS))
                .hasMessage("invalid config for network bridge: invalid endpoint settings:\n"
                        + "* user specified IP address is supported on user defined networks only\n"
                        + "* no configured subnet contains IP address 10.2.0.9\n"
                        + "* no configured subnet contains IP address fd02::9");
        assertThatThrownBy(() -> wanted("10.1.0.9").requireIn("bridge", false, SUBNETS))
                .hasMessage("invalid config for network bridge: invalid endpoint settings:\n"
                        + "user specified IP address is supported on user defined networks only");
    }

    @Test
    void twoOfAFamilyAndNobodysAreRefused() {
        assertThatThrownBy(() -> wanted("10.1.0.9", "10.1.0.8")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wanted("::")).hasMessage("invalid IPv6 address: ::");
    }

    @Test
    void whatNoContainerCanHaveIsReserved() {
        for (String reserved : List.of("10.1.0.0", "10.1.0.1", "10.1.0.255", "fd01::", "fd01::1")) {
            assertThat(wanted(reserved).reserved(GATEWAYS)).contains(IpAddress.parse(reserved));
        }
        assertThat(wanted("10.1.0.254", "fd01::ffff:ffff:ffff:ffff").reserved(GATEWAYS))
                .isEmpty();
    }

    private static WantedAddresses wanted(String... addresses) {
        return new WantedAddresses(Stream.of(addresses).map(IpAddress::parse).toList());
    }
}
