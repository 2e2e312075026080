package io.netd.plugins.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.MacAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.InterfaceName;
import io.netd.plugins.spi.testing.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningConfigTest {
    private static TuningConfig read(String options, String args) {
        return TuningConfig.read(
                Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"tuning\"" + options + "}"),
                CniArgs.parse(args),
                new InterfaceName("eth0.7"));
    }

    @Test
    void defaultsAreTheReferencePlugins() {
        TuningConfig config = read("", "");
        assertThat(config.isEmpty()).isTrue();
        assertThat(config.dataDir()).hasToString("/run/cni/tuning");
    }

    @Test
    void everyOptionIsRead() {
        LinkSettings link = read(
                        ",\"MAC\":\"02:00:00:00:00:01\",\"promisc\":true,\"mtu\":1400,\"allmulti\":false,\"txqlen\":0",
                        "")
                .link();
        assertThat(link.values())
                .containsEntry("mac", "02:00:00:00:00:01")
                .containsEntry("promisc", true)
                .containsEntry("mtu", 1400)
                .containsEntry("allmulti", false)
                .containsEntry("txQLen", 0);
    }

    @Test
    void whatAsksForNothingIsNoSetting() {
        assertThat(read(",\"mac\":\"\",\"promisc\":false,\"mtu\":0,\"allmulti\":null,\"sysctl\":{}", "")
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''|02:00:00:00:00:01",
                "MAC=02:00:00:00:00:02|''|02:00:00:00:00:02",
                "MAC=02:00:00:00:00:02|,\"runtimeConfig\":{\"mac\":\"02:00:00:00:00:03\"}|02:00:00:00:00:03",
                "''|,\"runtimeConfig\":{\"mac\":\"02:00:00:00:00:03\"},\"args\":{\"cni\":{\"mac\":\"02:00:00:00:00:04\"}}"
                        + "|02:00:00:00:00:04",
            })
    void hardwareAddressesHaveTheReferencesOrder(String args, String more, String winner) {
        assertThat(read(",\"mac\":\"02:00:00:00:00:01\"" + more, args).link().mac())
                .contains(MacAddress.parse(winner));
    }

    @Test
    void argumentsWin() {
        TuningConfig config = read("""
                ,"mtu":1400,"promisc":true,"allmulti":true,"txQLen":5,
                "sysctl":{"net.core.somaxconn":"1","net.ipv4.ip_forward":"1"},
                "args":{"cni":{"mtu":0,"promisc":false,"allmulti":false,"txQLen":9,
                               "sysctl":{"net/core/somaxconn":"2"}}}""", "");
        assertThat(config.link().values())
                .containsOnlyKeys("allmulti", "txQLen")
                .containsEntry("allmulti", false);
        assertThat(config.sysctls())
                .extracting(Parameter::value)
                .as("the same parameter in another spelling")
                .containsExactlyInAnyOrder("2", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "net.ipv4.conf.IFNAME.arp_filter, net/ipv4/conf/eth0.7/arp_filter",
        "net/ipv4/conf/IFNAME/arp_filter, net/ipv4/conf/eth0.7/arp_filter",
        "net/core.somaxconn, net/core/somaxconn",
        "net..core.somaxconn, net/core/somaxconn",
        "/net/core/somaxconn, net/core/somaxconn",
    })
    void keysHaveDotsOrSlashes(String key, String path) {
        assertThat(read(",\"sysctl\":{\"" + key + "\":\"1\"}", "").sysctls())
                .singleElement()
                .matches(parameter ->
                        parameter.path().equals(path) && parameter.key().equals(key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sysctl\":{\"kernel.hostname\":\"x\"}|sysctl \"kernel.hostname\": invalid net sysctl key",
                "\"sysctl\":{\"net\":\"x\"}|sysctl \"net\": invalid net sysctl key",
                "\"sysctl\":{\"net.a\":\"1\",\"net/a\":\"1\"}|sysctl \"net/a\": duplicated sysctl keys are not allowed",
                "\"sysctl\":{\"net.a\":1}|sysctl.net.a 1: must be a text",
                "\"mac\":\"02:00\"|mac \"02:00\": invalid MAC address: 02:00",
                "\"dataDir\":\"x\"|dataDir \"x\": must be an absolute path",
                "\"txQLen\":-1|txQLen -1: must be a whole number from 0 to 2147483647",
            })
    void refusesNamingKeyAndValue(String option, String message) {
        assertThatThrownBy(() -> read("," + option, ""))
                .isInstanceOf(CniException.class)
                .hasMessage(message)
                .matches(e -> ((CniException) e).code() == 7);
    }

    @Test
    void aWrongArgumentIsTheEnvironmentsFault() {
        assertThatThrownBy(() -> read("", "MAC=x"))
                .isInstanceOf(CniException.class)
                .hasMessage("CNI_ARGS: MAC: invalid MAC address: x")
                .matches(e -> ((CniException) e).code() == 4);
    }
}
