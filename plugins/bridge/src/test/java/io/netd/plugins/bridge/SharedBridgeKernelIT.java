package io.netd.plugins.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.plugins.spi.testing.TestTraces;
import org.junit.jupiter.api.Test;

/** What an ADD that fails takes back of a bridge that others have made, or use. */
class SharedBridgeKernelIT extends BridgeKernelTestBase {
    private final TestTraces failed = new TestTraces();

    @Test
    void aGatewayStaysForWhoeverUsesItByThen() {
        sh("ip link add br7 type bridge; ip link set br7 up");
        add(network(""), "c1", first, failed);
        add(network(""), "c2", second);

        failed.undo(host);

        assertThat(sh("ip -o -4 addr show br7")).contains("10.77.0.1/24");
        second.sh("busybox ping -c1 -W2 10.77.0.1");
    }

    @Test
    void aGatewayThatNobodyUsesGoes() {
        sh("ip link add br7 type bridge; ip link set br7 up");
        add(network(""), "c1", first, failed);

        failed.undo(host);

        assertThat(sh("ip -o -4 addr show br7")).isEmpty();
    }

    @Test
    void aBridgeThatWasDownIsDownAgain() {
        sh("ip link add br7 type bridge");
        String found = photograph();
        add(network(""), "c1", first, failed);
        assertThat(sh("ip -o link show br7")).contains(",UP");

        failed.undo(host);

        assertThat(settled(photograph())).isEqualTo(settled(found));
    }

    /** The kernel gives a link its usual queue when it is first set up. */
    private static String settled(String photograph) {
        return photograph.replaceAll("qdisc [a-z]+", "");
    }

    @Test
    void aBridgeThatSomebodyIsOnByThenStaysUp() {
        sh("ip link add br7 type bridge");
        add(network(""), "c1", first, failed);
        add(network(""), "c2", second);

        failed.undo(host);

        assertThat(sh("ip -o link show br7")).contains(",UP");
        second.sh("busybox ping -c1 -W2 10.77.0.1");
    }
}
