package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 7: the sentence when no daemon runs. */
class Row07NoDaemonIT {
    @Test
    void withoutADaemonTheCoursesSentenceAndOne() {
        try (Host host = Host.create()) {
            Output output = host.netctl("ps");

            assertThat(output.err())
                    .isEqualTo(
                            "Cannot connect to the netd daemon at unix:///run/netd/netd.sock. Is the netd daemon running?\n");
            assertThat(output.out()).isEmpty();
            assertThat(output.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void theAddressInTheSentenceIsTheOneAskedFor() {
        try (Host host = Host.create()) {
            assertThat(host.netctl("-H", "tcp://127.0.0.1:4", "ps").err())
                    .startsWith("Cannot connect to the netd daemon at tcp://127.0.0.1:4.");
        }
    }
}
