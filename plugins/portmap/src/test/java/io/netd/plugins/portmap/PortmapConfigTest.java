package io.netd.plugins.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.firewall.Match;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortmapConfigTest {
    private static PortmapConfig read(String options) {
        String json = "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"portmap\"" + options + "}";
        return PortmapConfig.read(NetworkConfig.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void upperCaseKeysOfContainerdCount() {
        PortmapConfig config = read(
                ",\"runtimeConfig\":{\"portMappings\":[{\"HostPort\":53,\"ContainerPort\":5353,\"Protocol\":\"udp\","
                        + "\"HostIP\":\"\"}]}");
        assertThat(config.mappings()).extracting(Object::toString).containsExactly("0.0.0.0:53->5353/udp");
        assertThat(config.publishing().snat()).isTrue();
        assertThat(config.publishing().protect()).isFalse();
    }

    @Test
    void theSameMappingTwiceIsOne() {
        String map = "{\"hostPort\":80,\"containerPort\":80}";
        assertThat(read(",\"runtimeConfig\":{\"portMappings\":[" + map + "," + map + "]}")
                        .mappings())
                .hasSize(1);
    }

    @Test
    void onlyNetdItselfMayLeaveTheHostPortOpen() {
        String open = ",\"runtimeConfig\":{\"portMappings\":[{\"hostPort\":0,\"containerPort\":80}]}";
        assertThat(read(open + ",\"netd\":{\"protect\":true}").mappings()).hasSize(1);
        assertThatThrownBy(() -> read(open)).hasMessageContaining("invalid host port number: 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"!\",\"-s\",\"10.0.0.0/8\",\"-i\",\"eth7\"",
                "\"ip\",\"saddr\",\"!=\",\"10.0.0.0/8\",\"meta\",\"iifname\",\"\\\"eth7\\\"\"",
            })
    void conditionsAreOfTheBackendsLanguage(String words) {
        assertThat(read(",\"conditionsV4\":[" + words + "]")
                        .publishing()
                        .conditions()
                        .get(IpFamily.IPV4))
                .containsExactly(new Match.Source(IpPrefix.parse("10.0.0.0/8"), true), new Match.InInterface("eth7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"conditionsV4\":[\"!\",\"-d\"]|2|conditionsV4: it ends too early",
                ",\"conditionsV4\":[\"-m\",\"set\"]|2|conditionsV4: \"-m\" is not understood",
                ",\"conditionsV6\":[\"-s\",\"10.0.0.0/8\"]|2|conditionsV6: 10.0.0.0/8 is not of IPV6",
                ",\"backend\":\"nftables\",\"conditionsV4\":[\"-s\",\"10.0.0.0/8\"]|2|conditionsV4: \"-s\" is not understood",
                ",\"conditionsV4\":[\"tcp\",\"dport\"]|2|conditionsV4: \"tcp\" is not understood",
                ",\"externalSetMarkChain\":\"KUBE\"|2|externalSetMarkChain \"KUBE\": not supported",
                ",\"backend\":\"ipfw\"|7|backend \"ipfw\": must be iptables or nftables",
                ",\"snat\":\"no\"|7|snat \"no\": must be a boolean",
            })
    void refusesNamingKeyAndValue(String options, int code, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(CniException.class)
                .hasMessage(message)
                .matches(e -> ((CniException) e).code() == code);
    }
}
