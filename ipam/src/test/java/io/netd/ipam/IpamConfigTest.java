package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpamConfigTest {
    @Test
    void whatIsLeftOutFollowsFromTheSubnet() {
        IpamConfig config = ipam("'subnet':'10.1.2.0/24'");

        assertThat(config.sets()).hasToString("[10.1.2.1-10.1.2.254]");
        assertThat(config.sets().get(0).ranges().get(0).gateway()).isEqualTo(IpAddress.parse("10.1.2.1"));
        assertThat(config.dataDir()).isEqualTo(Path.of("/var/lib/cni/networks"));
        assertThat(config.order()).isEqualTo(AllocationOrder.ROUND_ROBIN);
        assertThat(config.resolvConf()).isEmpty();
    }

    @Test
    void anIpv6SubnetIsUsedToItsEnd() {
        assertThat(ipam("'subnet':'fd00::/64'").sets()).hasToString("[fd00::1-fd00::ffff:ffff:ffff:ffff]");
    }

    @Test
    void theRuntimesRangesComeFirstThenTheOldStyleOne() {
        IpamConfig config = config(
                "{'cniVersion':'1.0.0','name':'n','runtimeConfig':{'ipRanges':[[{'subnet':'10.3.0.0/24'}]]},"
                        + "'ipam':{'subnet':'10.1.0.0/24','ranges':[[{'subnet':'10.2.0.0/24'}]]}}",
                "");

        assertThat(config.sets()).hasToString("[10.3.0.1-10.3.0.254, 10.1.0.1-10.1.0.254, 10.2.0.1-10.2.0.254]");
    }

    @Test
    void requestedAddressesComeFromThreePlaces() {
        IpamConfig config = config(
                "{'cniVersion':'1.0.0','name':'n','args':{'cni':{'ips':['10.1.0.6/24']}},"
                        + "'runtimeConfig':{'ips':['10.1.0.7']},'ipam':{'subnet':'10.1.0.0/24'}}",
                "IP=10.1.0.5");

        assertThat(config.requested()).hasToString("[10.1.0.5, 10.1.0.6, 10.1.0.7]");
    }

    @Test
    void theEndsOfASubnetAreLeftOutEvenWhenWritten() {
        assertThat(ipam("'subnet':'10.1.2.0/24','rangeStart':'10.1.2.0','rangeEnd':'10.1.2.255'")
                        .sets())
                .hasToString("[10.1.2.1-10.1.2.254]");
    }

    @Test
    void netdsOwnNetworksTakeTheLowest() {
        assertThat(ipam("'subnet':'10.1.2.0/24','netd':{'order':'lowest'}").order())
                .isEqualTo(AllocationOrder.LOWEST_FREE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'type':'host-local' | no IP ranges specified",
                "'subnet':'10.1.2.3/24' | invalid range set 0: Network 10.1.2.3/24 has host bits set."
                        + " For a subnet mask of length 24 the network address is 10.1.2.0",
                "'subnet':'10.1.2.0/31' | invalid range set 0: Network 10.1.2.0/31 too small to allocate from",
                "'subnet':'10.1.2.1/32' | invalid range set 0: Network 10.1.2.1/32 too small to allocate from",
                "'subnet':'fd00::/127' | invalid range set 0: Network fd00::/127 too small to allocate from",
                "'subnet':'10.1.2' | ipam.subnet \"10.1.2\": invalid CIDR address: 10.1.2",
                "'ranges':[[{}]] | ipam.ranges[0][0].subnet: missing",
                "'ranges':[[]] | invalid range set 0: empty range set",
                "'subnet':'10.1.2.0/24','rangeStart':'10.1.3.1'"
                        + " | invalid range set 0: RangeStart 10.1.3.1 not in network 10.1.2.0/24",
                "'subnet':'10.1.2.0/24','rangeStart':'10.1.2.9','rangeEnd':'10.1.2.8'"
                        + " | invalid range set 0: RangeEnd 10.1.2.8 not in network 10.1.2.0/24 from 10.1.2.9",
                "'subnet':'10.1.2.0/24','gateway':'fd00::1'"
                        + " | invalid range set 0: gateway fd00::1 is not of the family of 10.1.2.0/24",
                "'ranges':[[{'subnet':'10.1.2.0/24'},{'subnet':'fd00::/64'}]]"
                        + " | invalid range set 0: mixed address families",
                "'ranges':[[{'subnet':'10.1.2.0/24'},{'subnet':'10.1.0.0/16'}]] | invalid range set 0:"
                        + " subnets 10.1.2.1-10.1.2.254 and 10.1.0.1-10.1.255.254 overlap",
                "'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'10.1.0.0/16'}]] | range set 0 overlaps with 1",
                "'subnet':'10.1.2.0/24','dataDir':'here' | ipam.dataDir \"here\": must be an absolute path",
                "'subnet':'10.1.2.0/24','routes':[{'gw':'10.1.2.1'}] | ipam.routes[0].dst: missing",
            })
    void aWrongConfigurationIsNamed(String ipam, String message) {
        assertThatThrownBy(() -> ipam(ipam))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG));
    }

    @Test
    void anUnknownOrderIsNamed() {
        assertThatThrownBy(() -> ipam("'subnet':'10.1.2.0/24','netd':{'order':'random'}"))
                .hasMessage("ipam.netd.order \"random\": must be \"lowest\" or \"round-robin\"");
    }

    @Test
    void oldVersionsHaveOneAddressAFamily() {
        String config =
                "{'cniVersion':'0.2.0','name':'n','ipam':{'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'%s'}]]}}";

        assertThatThrownBy(() -> config(config.formatted("10.1.3.0/24"), ""))
                .hasMessage("CNI version 0.2.0 does not support more than 1 address per family");
        assertThat(config(config.formatted("fd00::/64"), "").sets()).hasSize(2);
    }

    @Test
    void aWrongAddressInTheArgumentsIsNamed() {
        assertThatThrownBy(() -> config("{'name':'n','ipam':{'subnet':'10.1.2.0/24'}}", "IP=x"))
                .hasMessage("CNI_ARGS: IP: invalid IP address: x");
    }

    @Test
    void resolvConfIsReadAsTheResolverDoes() {
        assertThat(ResolvConf.parse(
                        "# c\nnameserver 1.1.1.1\n nameserver\t::1 \ndomain a\nsearch b c\noptions x y\n;\nz"))
                .hasToString("CniDns[nameservers=[1.1.1.1, ::1], domain=Optional[a], search=[b, c], options=[x, y]]");
    }

    /** A configuration with these keys of its {@code ipam}, in single quotes. */
    static IpamConfig ipam(String keys) {
        return config("{'cniVersion':'1.0.0','name':'n','ipam':{" + keys + "}}", "");
    }

    static IpamConfig config(String json, String args) {
        NetworkConfig config =
                NetworkConfig.read(Settings.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return IpamConfig.parse(config, CniArgs.parse(args));
    }
}
