package io.netd.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Row 4: without an upper layer the root is read-only. */
class Row04ReadOnlyIT extends NetdTestBase {
    @Test
    void aReadOnlyContainerRefusesWritesInTheKernelsWords() {
        Output output = host.netctl("run", "--rm", "--read-only", IMAGE, "touch", "/x");

        assertThat(output.err()).contains("touch: /x: Read-only file system");
        assertThat(output.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutTheOptionTheSameWriteWorks() {
        assertThat(host.netctl("run", "--rm", IMAGE, "touch", "/x").exitCode()).isZero();
    }
}
