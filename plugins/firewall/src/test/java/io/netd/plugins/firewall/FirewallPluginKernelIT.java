package io.netd.plugins.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.plugins.firewall.Village.House;
import io.netd.plugins.spi.Trace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirewallPluginKernelIT {
    private final FirewallPlugin plugin = new FirewallPlugin();
    private final Village village = new Village();
    private final TestHost host = new TestHost();
    private final Map<House, TestTraces> added = new LinkedHashMap<>();
    private String before = "";

    @BeforeEach
    void lookAtTheRules() {
        Village.sh("iptables -A FORWARD -i eth7 -j ACCEPT");
        before = Village.rules();
    }

    @AfterEach
    void close() {
        Village.sh("iptables -P FORWARD ACCEPT");
        added.values().forEach(traces -> traces.undo(host));
        assertThat(Village.rules()).isEqualTo(before);
        Village.sh("iptables -D FORWARD -i eth7 -j ACCEPT");
        host.close();
        village.close();
    }

    private static NetworkConfig config(House house, String options) {
        return Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"firewall","backend":"iptables"%s,"prevResult":{"cniVersion":"1.0.0",
                 "interfaces":[{"name":"br%d"},{"name":"%s"},{"name":"eth0","sandbox":"/ns"}],
                 "ips":[{"address":"%s/24","interface":2}]}}""".formatted(options, house.bridge(), house.hostEnd(), house.address()));
    }

    private CniResult add(House house, String options) {
        TestTraces traces = new TestTraces();
        added.put(house, traces);
        try (TestSandbox sandbox = TestSandbox.of("/ns", house.namespace().namespace())) {
            return plugin.plan(Requests.add(config(house, options), house.name(), sandbox))
                    .apply(host, traces);
        }
    }

    private void check(House house, String options) {
        NetworkConfig config = config(house, options);
        try (TestSandbox sandbox = TestSandbox.of("/ns", house.namespace().namespace())) {
            plugin.check(Requests.check(config, config.prevResult().orElseThrow(), house.name(), sandbox), host);
        }
    }

    private void del(House house) {
        added.remove(house).del(host);
    }

    /** Who reaches whom, as {@code c12>c22}. */
    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (House from : village.houses()) {
            List<House> others =
                    village.houses().stream().filter(to -> to != from).toList();
            List<String> reached =
                    from.reached(others.stream().map(House::address).toList());
            others.stream()
                    .filter(to -> reached.contains(to.address()))
                    .forEach(to -> paths.add(from.name() + ">" + to.name()));
        }
        return paths;
    }

    private void addAll(String policy) {
        village.houses().forEach(house -> add(house, ",\"ingressPolicy\":\"" + policy + "\""));
    }

    private void hostAndContainersReachEachOther() {
        for (House house : village.houses()) {
            Village.sh("busybox ping -c 1 -W 1 " + house.address());
            assertThat(house.reaches("10." + house.bridge() + ".0.1")).isTrue();
        }
    }

    @Test
    void openAllReachAll() {
        addAll("open");
        assertThat(paths()).hasSize(12);
        hostAndContainersReachEachOther();
        assertThat(Village.rules()).doesNotContain("ISOLATION");
    }

    @Test
    void onTheSameBridgeAlone() {
        addAll("same-bridge");
        assertThat(paths()).containsExactlyInAnyOrder("c12>c13", "c13>c12", "c22>c23", "c23>c22");
        hostAndContainersReachEachOther();
    }

    @Test
    void isolatedNobody() {
        addAll("isolated");
        assertThat(paths()).isEmpty();
        hostAndContainersReachEachOther();
    }

    @Test
    void aPolicyGoesWithItsLastContainer() {
        addAll("isolated");
        del(village.house(1, 2));
        assertThat(paths()).isEmpty();
        del(village.house(2, 2));
        del(village.house(2, 3));
        assertThat(paths()).contains("c12>c22", "c22>c23").doesNotContain("c12>c13");
        del(village.house(1, 3));
        assertThat(paths()).hasSize(12);
    }

    @Test
    void underAPolicyOfDropContainersGoOutAndGetAnswers() {
        Village.sh("iptables -P FORWARD DROP");
        House in = village.house(1, 2);
        assertThat(in.reaches("10.2.0.2")).as("without the plugin").isFalse();
        add(in, "");
        assertThat(in.reaches("10.2.0.2")).as("out and the answer back").isTrue();
        assertThat(village.house(2, 2).reaches(in.address())).as("in").isFalse();
        assertThat(Village.sh("iptables -S FORWARD")).startsWith("-P FORWARD DROP\n");
        del(in);
        assertThat(in.reaches("10.2.0.2")).isFalse();
        assertThat(Village.sh("iptables -S FORWARD")).isEqualTo("-P FORWARD DROP\n-A FORWARD -i eth7 -j ACCEPT\n");
    }

    @Test
    void theAdministratorsChainComesFirst() {
        House in = village.house(1, 2);
        add(in, ",\"iptablesAdminChainName\":\"OPERATOR\"");
        Village.sh("iptables -A OPERATOR -s " + in.address() + " -j DROP");
        assertThat(in.reaches("10.2.0.2")).isFalse();
        del(in);
        assertThat(Village.rules())
                .contains("-A OPERATOR -s 10.1.0.2/32 -j DROP")
                .doesNotContain("CNI-FORWARD");
        Village.sh("iptables -F OPERATOR; iptables -X OPERATOR");
    }

    @Test
    void inNftablesTablesItMeansTheSame() {
        String native4 = ",\"backend\":\"nftables\",\"ingressPolicy\":\"same-bridge\"";
        village.houses().forEach(house -> add(house, native4));
        assertThat(Village.rules()).isEqualTo(before);
        assertThat(Village.sh("nft list table ip netd")).contains("filter-CNI-FORWARD", "10.1.0.2");
        assertThat(paths()).containsExactlyInAnyOrder("c12>c13", "c13>c12", "c22>c23", "c23>c22");
        check(village.house(1, 2), native4);
        village.houses().forEach(this::del);
        assertThat(Village.sh("nft list tables")).doesNotContain("netd");
        assertThat(paths()).hasSize(12);
    }

    @Test
    void thePreviousResultIsHandedOn() {
        House house = village.house(1, 2);
        assertThat(add(house, "")).isEqualTo(config(house, "").prevResult().orElseThrow());
    }

    @Test
    void withoutAddressesThereIsNothingToDo() {
        House house = village.house(1, 2);
        NetworkConfig config = Requests.config("""
                {"cniVersion":"1.0.0","name":"net","type":"firewall","backend":"iptables","ingressPolicy":"same-bridge",
                 "prevResult":{"cniVersion":"1.0.0","interfaces":[{"name":"br1"}],"ips":[]}}""");
        TestTraces traces = new TestTraces();
        try (TestSandbox sandbox = TestSandbox.of("/ns", house.namespace().namespace())) {
            plugin.plan(Requests.add(config, "c1", sandbox)).apply(host, traces);
        }
        assertThat(traces.left()).isEmpty();
        assertThat(Village.rules()).isEqualTo(before);
    }

    @Test
    void aPolicyNeedsABridge() {
        House house = village.house(1, 2);
        String isolated = ",\"ingressPolicy\":\"isolated\"";
        for (String interfaces : List.of("[]", "[{\"name\":\"br+\"}]", "[{\"name\":\"two words\"}]")) {
            NetworkConfig config = Requests.config("""
                    {"cniVersion":"1.0.0","name":"net","type":"firewall"%s,"prevResult":{"cniVersion":"1.0.0",
                     "interfaces":%s,"ips":[{"address":"10.1.0.2/24"}]}}""".formatted(isolated, interfaces));
            try (TestSandbox sandbox = TestSandbox.of("/ns", house.namespace().namespace())) {
                assertThatThrownBy(() -> plugin.plan(Requests.add(config, "c1", sandbox)))
                        .isInstanceOf(CniException.class)
                        .hasMessageContaining("prevResult");
            }
        }
    }

    @Test
    void checkFindsWhatAnAdministratorFlushed() {
        House house = village.house(1, 2);
        String isolated = ",\"ingressPolicy\":\"isolated\"";
        add(house, isolated);
        check(house, isolated);
        for (String chain : List.of("FORWARD", "CNI-FORWARD", "CNI-ISOLATION-STAGE-1", "CNI-ISOLATION-STAGE-2")) {
            Village.sh("iptables -F " + chain);
            assertThatThrownBy(() -> check(house, isolated))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining("-A " + chain);
            host.firewall().repair();
            check(house, isolated);
        }
        Village.sh("iptables -A FORWARD -i eth7 -j ACCEPT");
    }

    @Test
    void checkOfAContainerThatWasNeverAddedFails() {
        assertThatThrownBy(() -> check(village.house(1, 2), "")).isInstanceOf(CniException.class);
    }

    @Test
    void aContainerOfTheReferenceIsDeletedThroughItsRules() {
        add(village.house(1, 3), "");
        House old = village.house(1, 2);
        String accepts = "-d 10.1.0.2/32 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT;"
                + " iptables -A CNI-FORWARD -s 10.1.0.2/32 -j ACCEPT";
        Village.sh("iptables -A CNI-FORWARD " + accepts);
        check(old, "");
        find(old).forEach(trace -> trace.revert(host));
        assertThat(Village.rules()).doesNotContain("10.1.0.2").contains("10.1.0.3");
        find(old).forEach(trace -> trace.revert(host));
        check(village.house(1, 3), "");
    }

    @Test
    void anAddressThatAnotherContainerHasByNowIsLeftToIt() {
        add(village.house(1, 2), "");
        NetworkConfig config = config(village.house(1, 2), "");
        plugin.findTraces(Requests.del(config, "stale", Optional.empty()), host).forEach(trace -> trace.revert(host));
        check(village.house(1, 2), "");
    }

    @Test
    void aDelWithoutAPreviousResultFindsNothing() {
        NetworkConfig bare = Requests.config("{\"cniVersion\":\"1.0.0\",\"name\":\"net\",\"type\":\"firewall\"}");
        assertThat(plugin.findTraces(Requests.del(bare, "c1", Optional.empty()), host))
                .isEmpty();
    }

    @Test
    void theIsolationThatTheReferenceMadeStays() {
        String comment = " -m comment --comment 'CNI firewall plugin rules (ingressPolicy: same-bridge)' ";
        Village.sh("iptables -N CNI-ISOLATION-STAGE-1; iptables -N CNI-ISOLATION-STAGE-2;"
                + " iptables -I FORWARD" + comment + "-j CNI-ISOLATION-STAGE-1;"
                + " iptables -A CNI-ISOLATION-STAGE-1 -i br1 ! -o br1" + comment + "-j CNI-ISOLATION-STAGE-2;"
                + " iptables -A CNI-ISOLATION-STAGE-1" + comment + "-j RETURN;"
                + " iptables -A CNI-ISOLATION-STAGE-2 -o br1" + comment + "-j DROP;"
                + " iptables -A CNI-ISOLATION-STAGE-2" + comment + "-j RETURN");
        String made = Village.rules();
        House house = village.house(1, 2);
        add(house, ",\"ingressPolicy\":\"same-bridge\"");
        add(village.house(1, 3), ",\"ingressPolicy\":\"same-bridge\"");
        assertThat(Village.rules().lines().filter(line -> line.contains("ISOLATION") && line.startsWith("-A")))
                .containsExactlyElementsOf(made.lines()
                        .filter(line -> line.contains("ISOLATION") && line.startsWith("-A"))
                        .collect(Collectors.toList()));
        check(house, ",\"ingressPolicy\":\"same-bridge\"");
        del(house);
        del(village.house(1, 3));
        assertThat(Village.rules()).isEqualTo(made);
        Village.sh("iptables -D FORWARD" + comment + "-j CNI-ISOLATION-STAGE-1;"
                + " for n in 1 2; do iptables -F CNI-ISOLATION-STAGE-$n; done;"
                + " for n in 1 2; do iptables -X CNI-ISOLATION-STAGE-$n; done");
    }

    private List<Trace> find(House house) {
        return plugin.findTraces(Requests.del(config(house, ""), house.name(), Optional.empty()), host);
    }
}
