package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpFamily;
import io.netd.cni.CniException;
import io.netd.cni.NetworkConfig;
import io.netd.cni.Settings;
import io.netd.netlink.route.PortFlags;
import io.netd.netlink.route.PortVlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeConfigTest {
    static BridgeConfig read(String options) {
        return BridgeConfig.read(network(options));
    }

    static NetworkConfig network(String options) {
        String json = "{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"bridge\"" + options + "}";
        return NetworkConfig.read(Settings.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyOptionIsKnownWhateverTheOthersSay() {
        Settings settings = network(",\"isDefaultGateway\":true,\"isGateway\":true,\"mtu\":1400,\"vlan\":0,"
                        + "\"vlanTrunk\":[{\"id\":3,\"minID\":5,\"maxID\":6}],\"preserveDefaultVlan\":true,\"macspoofchk\":true,"
                        + "\"enabledad\":true,\"disableContainerInterface\":false,\"portIsolation\":true,"
                        + "\"dns\":{\"nameservers\":[\"192.0.2.1\"]},\"ipam\":{\"type\":\"host-local\","
                        + "\"ranges\":[[{\"subnet\":\"10.1.0.0/24\",\"gateway\":\"10.1.0.1\"}]],"
                        + "\"routes\":[{\"dst\":\"0.0.0.0/0\"}],\"dataDir\":\"/run/x\"}")
                .settings()
                .watched();

        new BridgePlugin().read(NetworkConfig.read(settings));

        assertThat(settings.unread()).isEmpty();
    }

    @Test
    void defaultsAreTheReferencePlugins() {
        BridgeConfig config = read("");
        assertThat(config.bridge()).isEqualTo("cni0");
        assertThat(config.isGateway()).isFalse();
        assertThat(config.ipMasq()).isFalse();
        assertThat(config.mtu()).isZero();
        assertThat(config.addresses()).isEmpty();
        assertThat(config.protect()).isFalse();
    }

    @Test
    void theContainersPortIsAnyPortByDefault() {
        BridgeConfig config = read("");
        assertThat(config.port().flags()).isEqualTo(PortFlags.NONE);
        assertThat(config.port().usesVlans()).isFalse();
        assertThat(config.port().checksSource()).isFalse();
        assertThat(config.inside()).isEqualTo(new InsideOptions(false, false));
        assertThat(config.promiscMode()).isFalse();
        assertThat(config.forceAddress()).isFalse();
        assertThat(config.dns()).isEmpty();
        assertThat(config.gatewayLink()).isEqualTo("cni0");
    }

    @Test
    void aVlanIsThatOfFramesWithoutATag() {
        BridgeConfig config = read(",\"vlan\":7,\"isGateway\":true,\"ipam\":{\"type\":\"host-local\"}");
        assertThat(config.port().vlans()).containsExactly(PortVlan.untagged(7));
        assertThat(config.port().keepsDefaultVlan()).isFalse();
        assertThat(config.hasVlanGateway()).isTrue();
        assertThat(config.gatewayLink()).isEqualTo("cni0.7");
    }

    @Test
    void aTrunkIsAsFewRangesAsCanBe() {
        String trunk =
                ",\"vlanTrunk\":[{\"id\":9},{\"minID\":20,\"maxID\":22},{\"id\":10},{\"minID\":21,\"maxID\":30,\"id\":4}]";
        List<PortVlan> ranges = List.of(PortVlan.tagged(4, 4), PortVlan.tagged(9, 10), PortVlan.tagged(20, 30));
        assertThat(read(trunk + ",\"vlan\":9").port().vlans())
                .startsWith(ranges.toArray(PortVlan[]::new))
                .endsWith(PortVlan.untagged(9));
        assertThat(read(trunk).port().vlans())
                .as("the reference plugin's native VLAN of a trunk")
                .startsWith(ranges.toArray(PortVlan[]::new))
                .endsWith(PortVlan.untagged(1));
    }

    @Test
    void anEmptyListOfNameServersCounts() {
        assertThat(read(",\"dns\":{\"nameservers\":[]}").dns()).isPresent();
        assertThat(read(",\"dns\":{\"domain\":\"\"}").dns()).isEmpty();
    }

    @Test
    void aDefaultGatewayIsAGateway() {
        assertThat(read(",\"isDefaultGateway\":true").isGateway()).isTrue();
    }

    @Test
    void addressesAreHiddenFromAllButTrustedInterfaces() {
        BridgeConfig config = read(",\"netd\":{\"hide\":[\"IPV6\"],\"trusted\":[\"eth0\",\"wg0\"]}");
        assertThat(config.hidden()).containsExactly(IpFamily.IPV6);
        assertThat(config.trusted()).containsExactly("eth0", "wg0");
    }

    @Test
    void keysCountWithoutRegardToCase() {
        assertThat(read(",\"BRIDGE\":\"br1\",\"IPMasq\":true,\"netd\":{\"Protect\":true}"))
                .matches(config -> config.bridge().equals("br1") && config.ipMasq() && config.protect());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"hairpinMode\":true,\"promiscMode\":true|7|hairpinMode true: cannot be combined with promiscMode",
                ",\"vlan\":4095|7|vlan 4095: must be a whole number from 0 to 4094",
                ",\"vlanTrunk\":[{\"id\":0}]|7|vlanTrunk[0].id 0: must be a whole number from 1 to 4094",
                ",\"vlanTrunk\":[{\"minID\":5}]|7|vlanTrunk[0].maxID: is missing: minID and maxID go together",
                ",\"vlanTrunk\":[{\"maxID\":5}]|7|vlanTrunk[0].minID: is missing: minID and maxID go together",
                ",\"vlanTrunk\":[{\"minID\":5,\"maxID\":4}]|7|vlanTrunk[0].minID 5: is greater than maxID 4",
                ",\"disableContainerInterface\":true,\"ipam\":{\"type\":\"host-local\"}"
                        + "|7|disableContainerInterface true: cannot be combined with ipam",
                ",\"isGateway\":true,\"vlan\":4000,\"bridge\":\"br012345678\",\"ipam\":{\"type\":\"host-local\"}"
                        + "|7|bridge \"br012345678\": leaves no room for the name of VLAN 4000's gateway",
                ",\"ipam\":{\"type\":\"a/b\"}|7|ipam.type \"a/b\": a plugin's name holds no path separator",
                ",\"mtu\":12|7|mtu 12: must be 0 or from 68 to 65535",
                ",\"bridge\":\"a/b\"|7|bridge \"a/b\": no name for an interface",
                ",\"bridge\":\"br%d\"|7|bridge \"br%d\": no name for an interface",
                ",\"bridge\":\"averyveryverylongname\"|7|bridge \"averyveryverylongname\": no name for an interface",
                ",\"ipMasq\":\"yes\"|7|ipMasq \"yes\": must be a boolean",
            })
    void refusesNamingKeyAndValue(String options, int code, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(CniException.class)
                .hasMessage(message)
                .matches(e -> ((CniException) e).code() == code);
    }
}
