package io.netd.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyedQueuesTest {
    private final KernelWorkers workers = KernelWorkers.open(4);
    private final KeyedQueues<String> queues = new KeyedQueues<>(workers, 1000);

    @AfterEach
    void shutDown() {
        workers.shutdown();
    }

    @Test
    void tasksOfOneKeyRunInOrderAndNeverTogether() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger inside = new AtomicInteger();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 500)
                .mapToObj(i -> queues.submit("a", () -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            order.add(i);
                            inside.decrementAndGet();
                            return i;
                        })
                        .toCompletableFuture())
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(order).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void anotherKeyDoesNotWait() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Boolean> blocked =
                queues.submit("a", () -> await(gate)).toCompletableFuture();
        assertThat(queues.submit("b", () -> 1).toCompletableFuture().join()).isEqualTo(1);
        assertThat(blocked.isDone()).isFalse();
        gate.countDown();
        assertThat(blocked.join()).isTrue();
    }

    @Test
    void aFailureReachesItsSubmitterAndNobodyElse() {
        CompletableFuture<Integer> bad = queues.<Integer>submit("a", () -> {
                    throw new IllegalStateException("no");
                })
                .toCompletableFuture();
        CompletableFuture<Integer> good = queues.submit("a", () -> 2).toCompletableFuture();
        assertThatThrownBy(bad::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(good.join()).isEqualTo(2);
    }

    @Test
    void whoHearsOfTheOutcomeMaySubmitAgain() {
        CompletableFuture<Integer> second = queues.submit("a", () -> 1)
                .thenCompose(one -> queues.submit("a", () -> one + 1))
                .toCompletableFuture();
        assertThat(second.join()).isEqualTo(2);
    }

    @Test
    void tooManyAreRefused() throws InterruptedException {
        KeyedQueues<String> small = new KeyedQueues<>(workers, 2);
        CountDownLatch gate = new CountDownLatch(1);
        small.submit("a", () -> await(gate));
        small.submit("a", () -> 1);
        assertThatThrownBy(() -> small.submit("b", () -> 1)).isInstanceOf(QueueFullException.class);
        gate.countDown();
        small.drain();
        assertThat(small.submit("b", () -> 3).toCompletableFuture().join()).isEqualTo(3);
    }

    private static boolean await(CountDownLatch gate) {
        try {
            return gate.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
