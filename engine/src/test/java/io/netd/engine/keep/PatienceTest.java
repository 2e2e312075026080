package io.netd.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience();
    private long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    @Test
    void aReloadThatRemovesSeveralTimesIsRepairedAtOnce() {
        for (int count = 0; count < Patience.AT_ONCE; count++) {
            removedAfter(Duration.ofMillis(100));
            assertThat(patience.delay()).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void whoGoesOnIsLeftAloneForLongerAndLonger() {
        for (int count = 0; count < Patience.AT_ONCE; count++) {
            removedAfter(Duration.ZERO);
        }
        Duration expected = Patience.FIRST;
        for (int count = 0; count < 100; count++) {
            removedAfter(patience.delay());
            assertThat(patience.delay()).isEqualTo(expected);
            Duration twice = expected.multipliedBy(2);
            expected = twice.compareTo(Patience.LONGEST) > 0 ? Patience.LONGEST : twice;
        }
    }

    @Test
    void afterACalmWhileItIsForgotten() {
        for (int count = 0; count < 2 * Patience.AT_ONCE; count++) {
            removedAfter(Duration.ZERO);
        }
        assertThat(patience.delay()).isPositive();
        removedAfter(Patience.CALM.plus(patience.delay().multipliedBy(2)).plusNanos(1));
        assertThat(patience.delay()).isEqualTo(Duration.ZERO);
        assertThat(patience.row()).isOne();
    }

    private void removedAfter(Duration pause) {
        now += pause.toNanos();
        patience.count(now);
    }
}
