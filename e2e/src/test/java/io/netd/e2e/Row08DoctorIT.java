package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 8: doctor checks what a host needs and says what to do. */
class Row08DoctorIT extends NetdTestBase {
    @Test
    void aGoodHostIsFoundGood() {
        Output output = host.netctl("doctor");

        assertThat(output.out())
                .contains("namespaces")
                .contains("cgroup")
                .contains("overlay")
                .contains("image")
                .contains("daemon");
        assertThat(output.exitCode()).as(output.out()).isZero();
    }

    @Test
    void doctorIsJsonForPrograms() {
        String first = host.netctl("doctor", "--format", "json")
                .ok()
                .lines()
                .findFirst()
                .orElseThrow();

        assertThat(json(first).at("/verdict").asText()).isIn("OK", "WARNING");
    }
}
