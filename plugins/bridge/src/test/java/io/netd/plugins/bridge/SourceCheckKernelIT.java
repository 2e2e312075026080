package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code macspoofchk}, proved by traffic. */
class SourceCheckKernelIT extends BridgeKernelTestBase {
    private static final String GATEWAY = "10.77.0.1";
    private static final String FALSE_MAC = "02:66:66:66:66:66";

    private NetworkConfig checked() {
        return network(",\"macspoofchk\":true");
    }

    private static boolean reaches(ThrowawayNamespace container, String address) {
        return container.attempt("busybox", "ping", "-c1", "-W1", address).succeeded();
    }

    private static void pretend(ThrowawayNamespace container, String mac) {
        container.sh("ip link set eth0 address " + mac);
    }

    @Test
    void framesInAnothersNameAreDroppedAndItsOwnPass() {
        CniResult result = add(checked(), "c1", first);
        String mac = result.interfaces().get(2).mac().orElseThrow().toString();
        add(checked(), "c2", second);
        assertThat(reaches(first, GATEWAY)).isTrue();
        assertThat(reaches(first, "10.77.0.3")).isTrue();

        pretend(first, FALSE_MAC);

        assertThat(reaches(first, GATEWAY)).isFalse();
        assertThat(reaches(first, "10.77.0.3")).isFalse();
        assertThat(sh("bridge fdb show br br7")).doesNotContain(FALSE_MAC);
        assertThat(reaches(second, GATEWAY)).isTrue();
        pretend(first, mac);
        assertThat(reaches(first, GATEWAY)).isTrue();
    }

    @Test
    void withoutTheOptionNobodyLooks() {
        add(network(""), "c1", first);
        pretend(first, FALSE_MAC);
        assertThat(reaches(first, GATEWAY)).isTrue();
        assertThat(sh("nft list ruleset bridge")).isEmpty();
    }

    @Test
    void oneContainersEndLeavesTheOthersRules() {
        add(checked(), "c1", first);
        TestTraces others = new TestTraces();
        add(checked(), "c2", second, others);

        traces.del(host);

        assertThat(sh("nft list ruleset bridge")).contains("c2-eth0").doesNotContain("c1-eth0");
        pretend(second, FALSE_MAC);
        assertThat(reaches(second, GATEWAY)).isFalse();
        others.del(host);
        assertThat(sh("nft list ruleset bridge")).isEmpty();
        others.undo(host);
    }

    @Test
    void checkMissesRulesThatSomebodyDeleted() {
        NetworkConfig config = checked();
        CniResult result = add(config, "c1", first);
        check(config, result);
        sh("nft flush chain bridge nat PREROUTING");
        assertThatThrownBy(() -> check(config, result))
                .isInstanceOf(CniException.class)
                .hasMessage("bridge: rules are missing that let nothing but "
                        + result.interfaces().get(2).mac().orElseThrow() + " come from "
                        + result.interfaces().get(1).name());
    }

    @Test
    void rulesThatSomebodyDeletedComeBackAndAreTold() {
        NetworkConfig config = checked();
        CniResult result = add(config, "c1", first);
        assertThat(repaired()).isEmpty();
        sh("nft flush chain bridge nat PREROUTING");

        assertThat(repaired()).containsExactly("macspoofchk of c1-eth0");

        check(config, result);
        pretend(first, FALSE_MAC);
        assertThat(reaches(first, GATEWAY)).isFalse();
        sh("nft delete table bridge nat; ip link del "
                + result.interfaces().get(1).name());
        assertThat(repaired()).isEmpty();
    }

    private List<String> repaired() {
        return traces.left().stream()
                .flatMap(trace -> trace.repair(host).stream())
                .toList();
    }

    @Test
    void delWithoutAJournalAndNamespaceTakesTheRulesAway() {
        add(checked(), "c1", first);
        revert(plugin.findTraces(Requests.del(checked(), "c1", Optional.empty()), host));
        assertThat(sh("nft list ruleset bridge")).isEmpty();
        assertThat(sh("ip -o link")).doesNotContain("veth");
    }

    @Test
    void aFailedAddPutsTheHostBackExactly() {
        first.sh("ip link add eth0 type veth peer name eth1");
        assertThatThrownBy(() -> add(checked(), "c1", first)).isInstanceOf(CniException.class);
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
        add(checked(), "c2", second);
        traces.undo(host);
        assertThat(photograph()).isEqualTo(before);
    }

    @Test
    void rulesOfAPortThatIsGoneAreCollectedAndNoOthers() {
        CniResult result = add(checked(), "c1", first);
        add(checked(), "c2", second);
        sh("ip link del " + result.interfaces().get(1).name());

        plugin.collect(checked(), host);

        assertThat(sh("nft list ruleset bridge")).contains("c2-eth0").doesNotContain("c1-eth0");
    }

    @Test
    void anIdWithoutRoomForItsRulesIsRefused() {
        String id = "c".repeat(120);
        try (TestSandbox sandbox = TestSandbox.of("/x", first.namespace())) {
            assertThatThrownBy(() -> plugin.plan(Requests.add(checked(), id, sandbox)))
                    .hasMessage("CNI_CONTAINERID " + id + ": too long for the rules of macspoofchk by 9 characters");
        }
    }
}
