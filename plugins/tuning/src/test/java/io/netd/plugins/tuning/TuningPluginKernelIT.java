package io.netd.plugins.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.MacAddress;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningPluginKernelIT {
    private static final String ALL = """
            "mac":"02:00:00:00:00:99","promisc":true,"mtu":1400,"allmulti":true,"txQLen":77,
            "sysctl":{"net.ipv4.conf.IFNAME.arp_filter":"1","net/core/somaxconn":"99"}""";
    private static final String LOOK = "ip -j -d link show eth0 | sed -E 's/.*(\"flags\":[^]]*]).*(\"mtu\":[0-9]+).*"
            + "(\"txqlen\":[0-9]+).*(\"address\":\"[^\"]*\").*/\\1 \\2 \\3 \\4/';"
            + " cat /proc/sys/net/ipv4/conf/eth0/arp_filter /proc/sys/net/core/somaxconn";

    private final TuningPlugin plugin = new TuningPlugin();
    private final TestHost host = new TestHost();
    private final TestTraces traces = new TestTraces();
    private final ThrowawayNamespace container = ThrowawayNamespace.create();
    private final TestSandbox sandbox = TestSandbox.of(
            container.namespace().fd().procPath().toAbsolutePath().toString(), container.namespace());
    private String before = "";

    @TempDir
    Path folder;

    @BeforeEach
    void makeEth0() {
        container.sh(
                "ip link add eth0 address 02:00:00:00:00:01 mtu 1500 type veth peer name other; ip link set eth0 up");
        before = container.sh(LOOK);
    }

    @AfterEach
    void close() {
        sandbox.close();
        container.close();
        host.close();
    }

    private NetworkConfig config(String options) {
        return Requests.config("""
                {"cniVersion":"1.1.0","name":"net","type":"tuning","dataDir":"%s/tuning",%s,
                 "prevResult":{"cniVersion":"1.1.0","interfaces":[{"name":"eth0","mac":"02:00:00:00:00:05"},
                  {"name":"eth0","mac":"02:00:00:00:00:01","mtu":1500,"sandbox":"/ns"}]}}""".formatted(folder, options));
    }

    private CniResult add(String options) {
        return plugin.plan(Requests.add(config(options), "c1", sandbox)).apply(host, traces);
    }

    private void check(String options) {
        plugin.check(Requests.check(config(options), CniResult.EMPTY, "c1", sandbox), host);
    }

    private Path backup() {
        return folder.resolve("tuning/c1_eth0.json");
    }

    @Test
    void addSetsEverythingAndDelGivesTheInterfaceBack() throws IOException {
        CniResult result = add(ALL);

        assertThat(container.sh(LOOK))
                .contains("PROMISC", "ALLMULTI", "\"mtu\":1400", "\"txqlen\":77", "02:00:00:00:00:99")
                .endsWith("1\n99\n");
        assertThat(result.interfaces().get(0).mac()).contains(MacAddress.parse("02:00:00:00:00:05"));
        assertThat(result.interfaces().get(1).mac()).contains(MacAddress.parse("02:00:00:00:00:99"));
        assertThat(result.interfaces().get(1).mtu()).hasValue(1400);
        assertThat(Files.readString(backup()))
                .isEqualTo("{\"mac\":\"02:00:00:00:00:01\",\"promisc\":false,\"mtu\":1500,\"allmulti\":false,"
                        + "\"txQLen\":1000}");
        check(ALL);

        traces.del(host);
        assertThat(container.sh(LOOK)).as("parameters stay").isEqualTo(before.replaceFirst("0\n.*\n$", "1\n99\n"));
        assertThat(backup()).doesNotExist();
        traces.del(host);
    }

    @Test
    void aFailedAddLeavesEverythingAsItWas() {
        assertThatThrownBy(() -> add(ALL.replace("1400", "5"))).hasMessageContaining("mtu 5");
        assertThat(container.sh(LOOK)).isNotEqualTo(before);

        traces.undo(host);

        assertThat(container.sh(LOOK)).isEqualTo(before);
        assertThat(backup()).doesNotExist();
    }

    @Test
    void aParameterThatDoesNotExistStopsEverything() {
        assertThatThrownBy(() -> add("\"mtu\":1400,\"sysctl\":{\"net.core.nothere\":\"1\"}"))
                .hasMessageContaining("net/core/nothere: no such file");
        assertThat(container.sh(LOOK)).isEqualTo(before);
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void aParameterToBeWrittenOnlyIsWritten() {
        add("\"sysctl\":{\"net.ipv4.route.flush\":\"1\"}");
        check("\"sysctl\":{\"net.ipv4.route.flush\":\"1\"}");
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void checkNamesTheDifference() {
        add(ALL);
        assertDifference("ip link set eth0 mtu 1300", "mtu of eth0 is 1400, current value is 1300");
        assertDifference("ip link set eth0 mtu 1400 promisc off", "promisc of eth0 is true, current value is false");
        assertDifference("ip link set eth0 promisc on txqlen 5", "txQLen of eth0 is 77, current value is 5");
        assertDifference(
                "ip link set eth0 txqlen 77; echo 4 >/proc/sys/net/core/somaxconn",
                "/proc/sys/net/core/somaxconn is 99, current value is 4");
        assertDifference("ip link del eth0; echo 99 >/proc/sys/net/core/somaxconn", "eth0 is missing");
    }

    @Test
    void promiscuousModeThatIsNotConfiguredIsADifferenceToo() {
        check("\"mtu\":1500");
        container.sh("ip link set eth0 promisc on");
        assertThatThrownBy(() -> check("\"mtu\":1500"))
                .hasMessageContaining("promisc of eth0 is false, current value is true");
    }

    private void assertDifference(String deed, String message) {
        container.sh(deed);
        assertThatThrownBy(() -> check(ALL)).hasMessageContaining(message);
    }

    @Test
    void aListOfNumbersIsTheSameWithTabs() {
        String ports = "\"sysctl\":{\"net.ipv4.ip_local_port_range\":\"20000  30000\"}";
        add(ports);
        check(ports);
    }

    @Test
    void delOfWhatTheReferenceKeptRestoresIt() throws IOException {
        Files.createDirectories(backup().getParent());
        Files.writeString(backup(), "{\n \"mac\": \"02:00:00:00:00:42\",\n \"allmulti\": true\n}");
        findTraces(Optional.of(sandbox));
        assertThat(container.sh(LOOK)).contains("02:00:00:00:00:42", "ALLMULTI");
        assertThat(backup()).doesNotExist();
    }

    @Test
    void delSucceedsWhateverIsGone() throws IOException {
        findTraces(Optional.empty());
        add("\"mtu\":1400");
        container.sh("ip link del eth0");
        traces.del(host);
        Files.writeString(backup(), "{\"mtu\":\"x\"}");
        findTraces(Optional.of(sandbox));
        Files.writeString(backup(), "{\"mtu\":1500}");
        findTraces(Optional.empty());
        assertThat(backup()).doesNotExist();
    }

    @Test
    void anotherNamespaceAtTheSamePathIsLeftAlone() {
        add("\"mtu\":1400");
        try (ThrowawayNamespace other = ThrowawayNamespace.create()) {
            other.sh("ip link add eth0 mtu 1450 type veth peer name other");
            BackupTrace trace = (BackupTrace) traces.left().get(0);
            long cookie = trace.sandbox().orElseThrow().cookie();
            String path = other.namespace().fd().procPath().toAbsolutePath().toString();
            new BackupTrace(
                            trace.dataDir(),
                            trace.container(),
                            trace.ifName(),
                            Optional.of(new SandboxRef(path, cookie)))
                    .revert(host);
            assertThat(other.sh("ip link show eth0")).contains("mtu 1450");
        }
    }

    private void findTraces(Optional<TestSandbox> where) {
        plugin.findTraces(Requests.del(config("\"mtu\":1400"), "c1", where.map(open -> open)), host)
                .forEach((Trace trace) -> trace.revert(host));
    }
}
