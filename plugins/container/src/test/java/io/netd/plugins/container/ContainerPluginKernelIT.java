package io.netd.plugins.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.cni.CniException;
import io.netd.cni.CniResult;
import io.netd.cni.NetworkConfig;
import io.netd.linux.testing.ThrowawayNamespace;
import io.netd.plugins.spi.JoinTarget;
import io.netd.plugins.spi.testing.Requests;
import io.netd.plugins.spi.testing.TestHost;
import io.netd.plugins.spi.testing.TestSandbox;
import io.netd.plugins.spi.testing.TestTraces;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerPluginKernelIT {
    private final ContainerPlugin plugin = new ContainerPlugin();
    private final TestHost host = new TestHost();
    private final ThrowawayNamespace web = ThrowawayNamespace.create();
    private final TestTraces traces = new TestTraces();

    @AfterEach
    void close() {
        web.close();
        host.close();
    }

    private static NetworkConfig config(String target) {
        return Requests.config(
                "{\"cniVersion\":\"1.0.0\",\"name\":\"container\",\"type\":\"container\"" + target + "}");
    }

    private CniResult add(String target, String id, ThrowawayNamespace namespace) {
        try (TestSandbox sandbox = TestSandbox.of("/run/netns/x", namespace.namespace())) {
            return plugin.plan(Requests.add(config(target), id, sandbox)).apply(host, traces);
        }
    }

    private void know(String state, boolean isRunning) {
        Optional<String> netns =
                isRunning ? Optional.of(web.namespace().fd().procPath().toString()) : Optional.empty();
        host.know(new JoinTarget("1111", "web", state, netns));
    }

    @Test
    void aJoinedNamespaceIsReportedWithItsAddresses() {
        know("running", true);
        web.sh("ip link add eth0 type veth peer name eth1 && ip addr add 10.9.0.2/24 dev eth0");
        CniResult result = add(",\"container\":\"web\"", "2222", web);
        assertThat(result.addresses())
                .extracting(address -> address.address().toString())
                .contains("10.9.0.2/24");
        assertThat(traces.left()).isEmpty();
    }

    @Test
    void refusalsAreDockers() {
        know("exited", false);
        assertRefused(",\"container\":\"nobody\"", "joining network namespace of container: No such container: nobody");
        assertRefused(
                ",\"container\":\"web\"",
                "cannot join network namespace of a non running container: container web is exited");
        assertRefused(
                ",\"container\":\"1111\"",
                "cannot join network namespace of a non running container: container web is exited");
        know("restarting", false);
        assertRefused(
                ",\"container\":\"web\"",
                "cannot join network namespace of container: Container web is restarting, wait until the container is"
                        + " running");
        assertRefused("", "invalid network mode: invalid container format container:<name|id>");
    }

    private void assertRefused(String target, String message) {
        assertThatThrownBy(() -> add(target, "2222", web))
                .isInstanceOf(CniException.class)
                .hasMessage(message);
    }

    @Test
    void itsOwnNamespaceCannotBeJoined() {
        know("running", true);
        assertThatThrownBy(() -> add(",\"container\":\"web\"", "1111", web))
                .hasMessage("cannot join own network namespace");
    }

    @Test
    void anotherNamespaceThanTheTargetsIsRefused() {
        know("running", true);
        try (ThrowawayNamespace stranger = ThrowawayNamespace.create()) {
            assertThatThrownBy(() -> add(",\"container\":\"web\"", "2222", stranger))
                    .hasMessage("network namespace /run/netns/x is not that of container web");
        }
    }
}
