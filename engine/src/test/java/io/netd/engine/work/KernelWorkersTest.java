package io.netd.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KernelWorkersTest {
    private static final int WAITING = 20;

    private final KernelWorkers workers = KernelWorkers.open(2, WAITING);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void shutDown() {
        end.countDown();
        workers.shutdown();
    }

    @Test
    void whoWaitsForAProgramKeepsNobodyFromWorking() {
        List<CompletableFuture<Void>> waiting = waiting();

        assertThat(CompletableFuture.supplyAsync(() -> "done", workers).join()).isEqualTo("done");

        end.countDown();
        waiting.forEach(CompletableFuture::join);
        CountDownLatch both = new CountDownLatch(2);
        List<CompletableFuture<Void>> meeting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            meeting.add(CompletableFuture.runAsync(() -> meet(both), workers));
        }
        meeting.forEach(CompletableFuture::join);
    }

    @Test
    void whenTooManyWaitTheNextIsTurnedAway() {
        List<CompletableFuture<Void>> waiting = waiting();

        assertThatThrownBy(() -> workers.lending(() -> "never"))
                .isInstanceOf(QueueFullException.class)
                .hasMessage("netd is busy: 20 programs are running");

        end.countDown();
        waiting.forEach(CompletableFuture::join);
        assertThat(workers.lending(() -> "again")).isEqualTo("again");
    }

    /** Returns once all of them wait. */
    private List<CompletableFuture<Void>> waiting() {
        CountDownLatch inside = new CountDownLatch(WAITING);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(CompletableFuture.runAsync(
                    () -> workers.lending(() -> {
                        inside.countDown();
                        return await(end);
                    }),
                    workers));
        }
        await(inside);
        return waiting;
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        await(both);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
