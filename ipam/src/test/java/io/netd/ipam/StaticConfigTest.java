package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniArgs;
import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.CniVersion;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import io.netd.cni.ResultJson;
import io.netd.cni.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticConfigTest {
    private static final String ONE = "'ipam':{'addresses':[{'address':'10.1.0.5/24','gateway':'10.1.0.1'}]}";

    @Test
    void addressesComeAsTheyAreWritten() {
        String ipam = "'ipam':{'addresses':[{'address':'10.1.0.5/24','gateway':'10.1.0.1'},{'address':'fd00::5/64'}],"
                + "'routes':[{'dst':'0.0.0.0/0'},{'dst':'10.9.0.0/16','gw':'10.1.0.9'}],"
                + "'dns':{'nameservers':['10.1.0.53'],'domain':'d','search':['s'],'options':['o']}}";

        assertThat(given(ipam, "")).containsExactly("10.1.0.5/24 by 10.1.0.1", "fd00::5/64");
        StaticConfig config = config("1.0.0", ipam, "");
        assertThat(config.routes()).hasSize(2);
        assertThat(config.dns().nameservers()).containsExactly("10.1.0.53");
        assertThat(config.dns().domain()).contains("d");
    }

    @Test
    void thoseOfTheArgumentsComeBehind() {
        assertThat(given(ONE, "IP=10.2.0.7/24, fd00::7/64"))
                .containsExactly("10.1.0.5/24 by 10.1.0.1", "10.2.0.7/24", "fd00::7/64");
    }

    @Test
    void gatewaysOfTheArgumentsAreForAddressesOfTheArguments() {
        assertThat(given(ONE, "IP=10.2.0.7/24,fd00::7/64;GATEWAY=10.2.0.9,10.2.0.1,10.1.0.9,fd00::1"))
                .containsExactly("10.1.0.5/24 by 10.1.0.1", "10.2.0.7/24 by 10.2.0.1", "fd00::7/64 by fd00::1");
    }

    @Test
    void theCallersReplaceTheConfigurationsAndTheRuntimesAll() {
        String args = ONE + ",'args':{'cni':{'ips':['10.3.0.1/24']}}";
        assertThat(given(args, "IP=10.2.0.7/24")).containsExactly("10.3.0.1/24");
        assertThat(given(args + ",'runtimeConfig':{'ips':['10.4.0.1/24','fd00::4/64']}", ""))
                .containsExactly("10.4.0.1/24", "fd00::4/64");
        assertThat(given(ONE + ",'runtimeConfig':{'ips':[]},'args':{'cni':{'ips':[]}}", ""))
                .containsExactly("10.1.0.5/24 by 10.1.0.1");
    }

    @Test
    void whatIsReplacedIsNotLookedAt() {
        assertThat(given("'ipam':{'addresses':[{'address':'x'}]},'runtimeConfig':{'ips':['10.4.0.1/24']}", ""))
                .containsExactly("10.4.0.1/24");
    }

    @Test
    void noAddressIsNoFaultWhereTheResultCanSayIt() {
        assertThat(given("'ipam':{}", "")).isEmpty();
        assertRefused("0.2.0", "'ipam':{}", "", 7, "cniVersion \"0.2.0\": cannot convert: no valid IP addresses");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0.0|\"x\":1||7|IPAM config missing 'ipam' key",
                "1.0.0|'ipam':{'addresses':[{'address':'10.1.0.5'}]}||7|"
                        + "ipam.addresses[0].address \"10.1.0.5\":"
                        + " the 'address' field is expected to be in CIDR notation, got: '10.1.0.5'",
                "1.0.0|'ipam':{'addresses':[{}]}||7|"
                        + "ipam.addresses[0].address: the 'address' field is expected to be in CIDR notation, got: ''",
                "1.0.0|'ipam':{},'runtimeConfig':{'ips':['10.4.0.1']}||7|"
                        + "an entry in the 'ips' field is NOT in CIDR notation, got: '10.4.0.1'",
                "1.0.0|'ipam':{}|IP=10.2.0.7|4|"
                        + "CNI_ARGS: the 'ip' field is expected to be in CIDR notation, got: '10.2.0.7'",
                "1.0.0|'ipam':{}|IP=10.2.0.7/24,|4|"
                        + "CNI_ARGS: the 'ip' field is expected to be in CIDR notation, got: ''",
                "1.0.0|'ipam':{}|GATEWAY=zz|4|CNI_ARGS: invalid gateway address: zz",
                "1.0.0|'ipam':{}|FOO=1|4|CNI_ARGS: unknown args [\"FOO=1\"]",
                "0.2.0|'ipam':{'addresses':[{'address':'10.1.0.5/24'},{'address':'10.1.0.6/24'}]}||7|"
                        + "CNI version 0.2.0 does not support more than 1 address per family",
            })
    void aWrongConfigurationIsNamed(String version, String keys, String args, int code, String message) {
        assertRefused(version, keys, args == null ? "" : args, code, message);
    }

    @Test
    void checkComparesGatewaysOfWhatWasGiven() {
        StaticConfig config = config("1.0.0", ONE, "");
        assertThatCode(() -> config.check(result("{'address':'10.1.0.5/24','gateway':'10.1.0.1'}"), eth0()))
                .doesNotThrowAnyException();
        assertThatCode(() -> config.check(result("{'address':'10.1.0.9/24'}"), eth0()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> config.check(result("{'address':'10.1.0.5/24','gateway':'10.1.0.2'}"), eth0()))
                .hasMessage("static: Failed to match addr 10.1.0.5 on interface eth0");
    }

    private static InterfaceName eth0() {
        return new InterfaceName("eth0");
    }

    private static CniResult result(String ips) {
        return ResultJson.read(settings("{'ips':[" + ips + "]}"), CniVersion.V1_0_0);
    }

    private static void assertRefused(String version, String keys, String args, int code, String message) {
        assertThatThrownBy(() -> config(version, keys, args))
                .isInstanceOf(CniException.class)
                .hasMessage(message)
                .matches(e -> ((CniException) e).code() == code);
    }

    private static List<String> given(String keys, String args) {
        return config("1.0.0", keys, args).addresses().stream()
                .map(given -> given.address()
                        + given.gateway().map(gateway -> " by " + gateway).orElse(""))
                .toList();
    }

    private static StaticConfig config(String version, String keys, String args) {
        Settings settings = settings("{'cniVersion':'" + version + "','name':'n'," + keys + "}");
        return StaticConfig.parse(NetworkConfig.read(settings), CniArgs.parse(args));
    }

    private static Settings settings(String json) {
        return Settings.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
