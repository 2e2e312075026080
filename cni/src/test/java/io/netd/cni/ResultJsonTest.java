package io.netd.cni;

import static io.netd.cni.SettingsTest.assertInvalid;
import static io.netd.cni.SettingsTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultJsonTest {
    static final CniResult WHOLE = new CniResult(
            List.of(
                    CniInterface.ofHost("br0", MacAddress.parse("02:00:00:00:00:01"), 1500),
                    new CniInterface(
                            "eth0",
                            Optional.of(MacAddress.parse("02:00:00:00:00:02")),
                            OptionalInt.of(1400),
                            Optional.of("/run/netns/c1"),
                            Optional.of("/s"),
                            Optional.of("0000:00:01.0"))),
            List.of(
                    address("10.1.2.3/24", "10.1.2.1"),
                    address("10.9.2.3/24", "10.9.2.1"),
                    address("fd00::3/64", "fd00::1")),
            List.of(
                    new CniRoute(
                            IpPrefix.parse("0.0.0.0/0"),
                            Optional.of(IpAddress.parse("10.1.2.1")),
                            OptionalInt.of(1300),
                            OptionalInt.of(1200),
                            OptionalInt.of(5),
                            OptionalInt.of(100),
                            OptionalInt.of(0)),
                    CniRoute.of(IpPrefix.parse("fd01::/64"), Optional.empty())),
            new CniDns(List.of("10.1.2.1"), Optional.of("a.b"), List.of("c.d"), List.of("ndots:5")));

    private static final String DNS =
            "'dns':{'nameservers':['10.1.2.1'],'domain':'a.b','search':['c.d'],'options':['ndots:5']}}";
    private static final String ROUTES = "'routes':[{'dst':'0.0.0.0/0','gw':'10.1.2.1','mtu':1300,'advmss':1200,"
            + "'priority':5,'table':100,'scope':0},{'dst':'fd01::/64'}],";

    @Test
    void anMtuOf0IsNone() {
        Settings given = json("{'interfaces': [{'name': 'eth0', 'mtu': 0}]}");
        CniResult result = ResultJson.read(given, CniVersion.V1_1_0);
        assertThat(new String(ResultJson.write(result, CniVersion.V1_1_0), StandardCharsets.UTF_8))
                .contains("eth0")
                .doesNotContain("mtu");
    }

    @Test
    void version110HoldsEverything() {
        assertWritten(
                CniVersion.V1_1_0,
                "{'cniVersion':'1.1.0','interfaces':[{'name':'br0','mac':'02:00:00:00:00:01','mtu':1500},"
                        + "{'name':'eth0','mac':'02:00:00:00:00:02','mtu':1400,'sandbox':'/run/netns/c1',"
                        + "'socketPath':'/s','pciID':'0000:00:01.0'}],'ips':["
                        + "{'interface':1,'address':'10.1.2.3/24','gateway':'10.1.2.1'},"
                        + "{'interface':1,'address':'10.9.2.3/24','gateway':'10.9.2.1'},"
                        + "{'interface':1,'address':'fd00::3/64','gateway':'fd00::1'}]," + ROUTES + DNS);
        assertThat(ResultJson.read(Settings.parse(ResultJson.write(WHOLE, CniVersion.V1_1_0)), CniVersion.V1_1_0))
                .isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_3_0", "V0_3_1", "V0_4_0"})
    void versions03To04HaveTheFamilysNumberAndAlwaysDns(CniVersion version) {
        assertWritten(
                version,
                "{'cniVersion':'" + version + "','interfaces':[{'name':'br0','mac':'02:00:00:00:00:01'},"
                        + "{'name':'eth0','mac':'02:00:00:00:00:02','sandbox':'/run/netns/c1'}],'ips':["
                        + "{'version':'4','interface':1,'address':'10.1.2.3/24','gateway':'10.1.2.1'},"
                        + "{'version':'4','interface':1,'address':'10.9.2.3/24','gateway':'10.9.2.1'},"
                        + "{'version':'6','interface':1,'address':'fd00::3/64','gateway':'fd00::1'}]," + ROUTES + DNS);
        assertThat(SettingsTest.text(ResultJson.write(CniResult.EMPTY, version)))
                .isEqualTo("{\"cniVersion\":\"" + version + "\",\"dns\":{}}");
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_1_0", "V0_2_0"})
    void versions01And02HaveOneAddressAFamilyAndPlainRoutes(CniVersion version) {
        assertWritten(
                version,
                "{'cniVersion':'" + version + "','ip4':{'ip':'10.1.2.3/24','gateway':'10.1.2.1',"
                        + "'routes':[{'dst':'0.0.0.0/0','gw':'10.1.2.1'}]},"
                        + "'ip6':{'ip':'fd00::3/64','gateway':'fd00::1','routes':[{'dst':'fd01::/64'}]}," + DNS);
    }

    @ParameterizedTest
    @EnumSource(names = {"V0_1_0", "V0_2_0"})
    void aResultWithoutAddressesHasNoOldForm(CniVersion version) {
        assertInvalid(
                () -> ResultJson.write(WHOLE.withAddresses(List.of()), version),
                "cniVersion \"" + version + "\": cannot convert: no valid IP addresses");
    }

    @Test
    void anEmptyResultLeavesOutEverythingSince100() {
        assertThat(SettingsTest.text(ResultJson.write(CniResult.EMPTY, CniVersion.V1_0_0)))
                .isEqualTo("{\"cniVersion\":\"1.0.0\"}");
    }

    @Test
    void anOldResultIsReadWithoutInterfaces() {
        CniResult result = ResultJson.read(
                json("{'cniVersion':'0.1.0','ip4':{'ip':'10.1.2.3/24','gateway':'10.1.2.1',"
                        + "'routes':[{'dst':'0.0.0.0/0'}]},'dns':{}}"),
                CniVersion.V0_2_0);

        assertThat(result)
                .isEqualTo(new CniResult(
                        List.of(),
                        List.of(new CniAddress(
                                IpPrefix.parse("10.1.2.3/24"),
                                Optional.of(IpAddress.parse("10.1.2.1")),
                                OptionalInt.empty())),
                        List.of(CniRoute.of(IpPrefix.parse("0.0.0.0/0"), Optional.empty())),
                        CniDns.EMPTY));
    }

    @Test
    void aResultsVersionMayBeMissingAndItsKeySpeltOtherwise() {
        assertThat(ResultJson.read(json("{'ips':[]}"), CniVersion.V1_0_0)).isEqualTo(CniResult.EMPTY);
        assertThat(ResultJson.read(json("{'CNIVersion':'0.3.0'}"), CniVersion.V0_4_0))
                .isEqualTo(CniResult.EMPTY);
    }

    @Test
    void aResultOfAnotherShapeIsRefused() {
        assertInvalid(
                () -> ResultJson.read(json("{'cniVersion':'0.4.0'}"), CniVersion.V1_0_0),
                "cniVersion \"0.4.0\": a result of this version cannot follow cniVersion 1.0.0");
    }

    @Test
    void errorsAreWrittenAndRead() {
        CniException failure = new CniException(11, "try later", "because");

        byte[] json = ErrorJson.write(failure, CniVersion.V1_0_0);

        assertThat(SettingsTest.text(json))
                .isEqualTo("{\"cniVersion\":\"1.0.0\",\"code\":11,\"msg\":\"try later\",\"details\":\"because\"}");
        assertThat(ErrorJson.read(Settings.parse(json)))
                .usingRecursiveComparison()
                .comparingOnlyFields("code", "details")
                .isEqualTo(failure);
    }

    @Test
    void versionNamesWhatIsSupportedWhateverTheInput() {
        String list = ",\"supportedVersions\":[\"0.1.0\",\"0.2.0\",\"0.3.0\",\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]}";

        assertThat(SettingsTest.text(VersionJson.write("{\"cniVersion\":\"0.4.0\"}".getBytes())))
                .isEqualTo("{\"cniVersion\":\"0.4.0\"" + list);
        assertThat(SettingsTest.text(VersionJson.write(new byte[] {1, 2})))
                .isEqualTo("{\"cniVersion\":\"1.1.0\"" + list);
    }

    private static CniAddress address(String prefix, String gateway) {
        return new CniAddress(IpPrefix.parse(prefix), Optional.of(IpAddress.parse(gateway)), OptionalInt.of(1));
    }

    private static void assertWritten(CniVersion version, String expected) {
        assertThat(SettingsTest.text(ResultJson.write(WHOLE, version))).isEqualTo(expected.replace('\'', '"'));
    }
}
