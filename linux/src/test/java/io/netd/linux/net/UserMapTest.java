package io.netd.linux.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of texts as the kernel prints them in uid_map. */
class UserMapTest {
    @Test
    void theLastOneOfTheLongestRangeIsUnused() {
        assertThat(UserMap.unused("         0       1000          1\n         1     100000      65536\n"))
                .contains(65536);
        assertThat(UserMap.unused("         0     100000      65536\n     70000      1000          2\n"))
                .contains(65535);
        assertThat(UserMap.unused("         0          0 4294967295\n")).contains((int) 4294967294L);
    }

    @Test
    void whereThereIsOnlyThisProcessesOwnThereIsNone() {
        assertThat(UserMap.unused("         0          0          1\n")).isEmpty();
        assertThat(UserMap.unused("")).isEmpty();
    }
}
