package io.netd.linux.sys;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetlinkFilterTest {
    private static final int NO_SOCKET = -1;

    @Test
    void morePortsThanAJumpReachesOverAreRefused() {
        assertThatThrownBy(() -> NetlinkFilter.hearOnly(NO_SOCKET, 1, ports(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("101 ports: at most 100 can be left out");
    }

    @Test
    void asManyAsThatComeToTheKernel() {
        assertThatThrownBy(() -> NetlinkFilter.hearOnly(NO_SOCKET, 1, ports(100)))
                .isInstanceOf(LinuxException.class);
    }

    private static Set<Integer> ports(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toSet());
    }
}
