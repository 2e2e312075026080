package io.netd.plugins.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.spi.testing.Requests;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallConfigTest {
    @Test
    void defaultsAreTheReferences() {
        FirewallConfig config = FirewallConfig.read(config(""));
        assertThat(config.backend()).isEmpty();
        assertThat(config.adminChain().chain()).isEqualTo("CNI-ADMIN");
        assertThat(config.zone()).isEqualTo("trusted");
        assertThat(config.policy()).isEqualTo(IngressPolicy.OPEN);
    }

    @Test
    void emptyTextsAreAbsent() {
        assertThat(
                        FirewallConfig.read(
                                config(
                                        ",\"backend\":\"\",\"iptablesAdminChainName\":\"\",\"firewalldZone\":\"\",\"ingressPolicy\":\"\"")))
                .isEqualTo(FirewallConfig.read(config("")));
    }

    @Test
    void keysCountWithoutRegardToCase() {
        FirewallConfig config = FirewallConfig.read(
                config(
                        ",\"Backend\":\"firewalld\",\"iptablesadminchainname\":\"OPERATOR\",\"FirewalldZone\":\"work\",\"INGRESSPOLICY\":\"isolated\""));
        assertThat(config.backend()).isEqualTo(Optional.of(FirewallBackend.FIREWALLD));
        assertThat(config.adminChain().chain()).isEqualTo("OPERATOR");
        assertThat(config.zone()).isEqualTo("work");
        assertThat(config.policy()).isEqualTo(IngressPolicy.ISOLATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"backend\":\"ipfw\"",
                "\"ingressPolicy\":\"closed\"",
                "\"iptablesAdminChainName\":\"FORWARD\"",
                "\"iptablesAdminChainName\":\"CNI-FORWARD\"",
                "\"iptablesAdminChainName\":\"NETD-FORWARD\"",
                "\"iptablesAdminChainName\":\"two words\"",
                "\"iptablesAdminChainName\":\"a-name-of-twenty-nine-letters\"",
                "\"firewalldZone\":7",
                "\"firewalldZone\":\"a\\u0000b\""
            })
    void whatMakesNoSenseIsRefusedByItsName(String option) {
        String key = option.substring(1, option.indexOf("\":"));
        assertThatThrownBy(() -> FirewallConfig.read(config("," + option)))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
                .hasMessageContaining(key);
        assertThat(FirewallConfig.readLeniently(config("," + option)))
                .as("for a DEL")
                .isEqualTo(FirewallConfig.read(config("")));
    }

    @Test
    void versionsBeforeTheReferencesFirstAreRefused() {
        NetworkConfig old = Requests.config("{\"cniVersion\":\"0.3.1\",\"name\":\"net\",\"type\":\"firewall\"}");
        assertThatThrownBy(() -> new FirewallPlugin().read(old))
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_VERSION))
                .hasMessageContaining("0.3.1");
    }

    private static NetworkConfig config(String options) {
        return Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"firewall\"" + options + "}");
    }
}
