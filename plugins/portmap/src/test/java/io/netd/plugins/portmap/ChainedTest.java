package io.netd.plugins.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.cni.ResultJson;
import io.netd.cni.Settings;
import io.netd.firewall.Chains;
import io.netd.firewall.Rule;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortRequest;
import io.netd.portmap.PortmapRules;
import io.netd.portmap.Publication;
import io.netd.portmap.PublishFlag;
import io.netd.portmap.Publishing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainedTest {
    private static CniResult result(String json) {
        return ResultJson.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8)), CniVersion.V1_0_0);
    }

    private static final CniResult DUAL = result("""
            {"cniVersion":"1.0.0",
             "interfaces":[{"name":"br0"},{"name":"veth1"},{"name":"eth0","sandbox":"/ns"}],
             "ips":[{"address":"10.1.2.3/24","interface":2},{"address":"fd00::3/64","interface":2}]}""");

    private static final CniResult FOUR = result("""
            {"cniVersion":"1.0.0",
             "interfaces":[{"name":"br0"},{"name":"veth1"},{"name":"eth0","sandbox":"/ns"}],
             "ips":[{"address":"10.1.2.3/24","interface":2}]}""");

    @Test
    void theFirstInterfaceOfTheHostIsTheBridge() {
        Chained chained = Chained.of(DUAL, "eth0", Set.of());
        assertThat(chained.bridge()).isEqualTo("br0");
        assertThat(chained.addresses()).extracting(Object::toString).containsExactly("10.1.2.3/24", "fd00::3/64");
    }

    @Test
    void whatTheNetworkHasForAllPortsIsNoPortsOwn() {
        Chained chained = Chained.of(FOUR, "eth0", Set.of(), Set.of(IpFamily.IPV4));
        List<Publication> publications =
                chained.publications(List.of(new PortMapping(Optional.empty(), 8080, 80, Protocol.TCP)));
        assertThat(publications).hasSize(1).allSatisfy(publication -> {
            assertThat(chained.rules(publication, Publishing.PROTECTED))
                    .extracting(Rule::chain)
                    .containsExactly(Chains.NETD, Chains.NETD);
            Publishing plain = new Publishing(false, true, false, Map.of(), Optional.empty());
            assertThat(chained.rules(publication, plain)).isEqualTo(PortmapRules.of(publication, plain));
        });
        assertThat(Chained.of(FOUR, "eth0", Set.of()).rules(publications.get(0), Publishing.PROTECTED))
                .isEqualTo(PortmapRules.of(publications.get(0), Publishing.PROTECTED));
    }

    @Test
    void anAddressOfAnotherInterfaceDoesNotCount() {
        assertThat(Chained.of(DUAL, "eth1", Set.of()).addresses()).isEmpty();
    }

    @Test
    void aMappingWithoutAddressMeansEveryFamilyTheContainerHas() {
        assertThat(Chained.of(DUAL, "eth0", Set.of()).settle(PublishFlag.parse("8080:80"), Grip.HELD))
                .flatExtracting(request -> request.with(8080))
                .extracting(PortMapping::toString)
                .containsExactly("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");
    }

    @Test
    void whatIsHeldForIpv4AloneStaysWithoutAddress() {
        Chained chained = Chained.of(FOUR, "eth0", Set.of());
        assertThat(chained.settle(PublishFlag.parse("8080:80"), Grip.HELD))
                .flatExtracting(request -> request.with(8080))
                .extracting(PortMapping::hostIp)
                .containsExactly(Optional.empty());
        assertThat(chained.settle(PublishFlag.parse("8080:80"), Grip.BOOKED))
                .flatExtracting(request -> request.with(8080))
                .extracting(PortMapping::hostIp)
                .containsExactly(Optional.of(IpAddress.any(IpFamily.IPV4)));
        assertThat(chained.settle(PublishFlag.parse("[::]:8080:80"), Grip.HELD)).isEmpty();
        assertThat(chained.settle(PublishFlag.parse("[::1]:8080:80"), Grip.HELD))
                .hasSize(1);
        assertThat(chained.settle(PublishFlag.parse("[::1]:8080:80/sctp"), Grip.HELD))
                .isEmpty();
        assertThat(chained.settle(PublishFlag.parse("[::1]:8080:80"), Grip.BOOKED))
                .isEmpty();
        assertThat(chained.leadingNowhere(PublishFlag.parse("[::1]:8080:80"), Grip.BOOKED, "web"))
                .containsExactly("port [::1]:8080->80/tcp is not published: web has no IPv6 address");
        assertThat(chained.leadingNowhere(PublishFlag.parse("[::1]:8080:80"), Grip.HELD, "web"))
                .isEmpty();
        assertThat(Chained.of(FOUR, "eth1", Set.of()).settle(PublishFlag.parse("8080:80"), Grip.HELD))
                .isEmpty();
    }

    @Test
    void aMappingOfTheOtherFamilyIsPassedOver() {
        assertThat(Chained.of(DUAL, "eth0", Set.of()).settle(PublishFlag.parse("0.0.0.0:8080:80"), Grip.HELD))
                .flatExtracting(request -> request.with(8080))
                .extracting(PortMapping::toString)
                .containsExactly("0.0.0.0:8080->80/tcp");
    }

    @Test
    void aResultWithoutAnInterfaceOfTheHostIsRefused() {
        CniResult sealed =
                result("{\"cniVersion\":\"1.0.0\",\"interfaces\":[{\"name\":\"eth0\",\"sandbox\":\"/ns\"}]}");
        assertThatThrownBy(() -> Chained.of(sealed, "eth0", Set.of()))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("prevResult");
    }

    @Test
    void whatIsRoutedIsOpenedAtTheContainersOwnAddressAndTakesNoPortOfTheHost() {
        Chained chained = Chained.of(DUAL, "eth0", Set.of(IpFamily.IPV6));
        List<PortRequest> wanted = PublishFlag.parse("8080:80");

        assertThat(chained.settle(wanted, Grip.HELD))
                .extracting(PortRequest::hostSide)
                .containsExactly("0.0.0.0:8080");
        assertThat(chained.opened(wanted))
                .hasSize(1)
                .allMatch(
                        mapping -> mapping.covers(IpFamily.IPV6) && mapping.hostPort() == 80 && !mapping.isWildcard());
    }
}
