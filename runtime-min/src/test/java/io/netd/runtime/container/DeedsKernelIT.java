package io.netd.runtime.container;

import static io.netd.runtime.container.ContainerHost.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ContainerException;
import io.netd.runtime.ContainerSpec;
import io.netd.runtime.ContainerState;
import io.netd.runtime.ContainerView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was begun is whole or undone, whatever happens at whatever instant: callers are interrupted, as a command's thread
 * is when its client goes, others remove the container, the runtime is closed.
 */
class DeedsKernelIT {
    private static final int INSTANTS = 100;
    private static final int CLOSINGS = 20;
    private static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private List<String> before;
    private ContainerHost host;

    @BeforeEach
    void open() throws Exception {
        before = ContainerHost.traces();
        host = new ContainerHost();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        host.close();
        assertThat(ContainerHost.traces()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void startsInterruptedAtAnyInstantLeaveWhatCanBeRemoved(boolean removeWhenDone) throws Exception {
        List<String> idle = ContainerHost.traces();
        Random random = new Random(1);
        for (int i = 0; i < INSTANTS; i++) {
            interrupted(() -> host.start(sleeping(removeWhenDone)), random.nextLong(LATEST_NANOS));
            for (ContainerView left : host.containers.list()) {
                assertThat(left.state()).isIn(ContainerState.CREATED, ContainerState.RUNNING, ContainerState.EXITED);
                host.containers.remove(left.id(), true);
            }
            assertNothingIsLeft(idle);
        }
    }

    @Test
    void removalsInterruptedAtAnyInstantAreWhole() throws Exception {
        List<String> idle = ContainerHost.traces();
        Random random = new Random(2);
        for (int i = 0; i < INSTANTS; i++) {
            String id = host.start(sleeping(i % 2 == 0));
            interrupted(() -> host.containers.remove(id, true), random.nextLong(LATEST_NANOS));
            assertNothingIsLeft(idle);
        }
    }

    @Test
    void whoIsInterruptedIsToldAfterTheDeed() throws Exception {
        Thread.currentThread().interrupt();
        String id = host.start(none("sleep", "100"));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(host.containers.find(id).state()).isEqualTo(ContainerState.RUNNING);
        Thread.currentThread().interrupt();
        host.containers.stop(id, Duration.ofMillis(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.containers.find(id).state()).isEqualTo(ContainerState.EXITED);
    }

    @Test
    void aStartThatFailsIsUndoneAlthoughItsCallerIsInterrupted() {
        Thread caller = Thread.currentThread();
        host.events.answer = created -> {
            caller.interrupt();
            return CompletableFuture.failedFuture(new IllegalStateException("no address left"));
        };
        String id = host.containers.create(none("true")).id();

        assertThatThrownBy(() -> host.containers.start(id)).hasMessage("no address left");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.containers.find(id).state()).isEqualTo(ContainerState.CREATED);
    }

    @Test
    void aForcedRemovalEndsAStartThatIsUnderWay() throws Exception {
        List<String> idle = ContainerHost.traces();
        Random random = new Random(3);
        for (int i = 0; i < INSTANTS; i++) {
            String id = host.containers.create(sleeping(i % 2 == 0)).id();
            Thread starter = caller(() -> host.containers.start(id));
            LockSupport.parkNanos(random.nextLong(LATEST_NANOS));
            host.containers.remove(id, true);
            starter.join();
            assertNothingIsLeft(idle);
        }
    }

    @Test
    void closingWaitsForARemovalThatIsUnderWay() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < CLOSINGS; i++) {
            String id = host.start(sleeping(i % 2 == 0));
            CompletableFuture<String> removal = CompletableFuture.runAsync(() -> host.containers.remove(id, true))
                    .handle((nothing, e) -> e == null ? "removed" : e.getCause().getMessage());
            LockSupport.parkNanos(random.nextLong(LATEST_NANOS));
            host.containers.close();
            String outcome = removal.join();
            host.restart();

            assertThat(outcome).isIn("removed", "the daemon stops");
            assertThat(host.containers.list()).hasSize(outcome.equals("removed") ? 0 : 1);
            host.containers.list().forEach(left -> host.containers.remove(left.id(), true));
        }
    }

    private void interrupted(Runnable call, long afterNanos) throws InterruptedException {
        Thread caller = caller(call);
        LockSupport.parkNanos(afterNanos);
        caller.interrupt();
        caller.join();
    }

    /** What such a call throws, nobody hears. */
    private static Thread caller(Runnable call) {
        Thread caller = new Thread(() -> {
            try {
                call.run();
            } catch (ContainerException unheard) {
                return;
            }
        });
        caller.start();
        return caller;
    }

    private static ContainerSpec sleeping(boolean removeWhenDone) {
        return ContainerHost.with(new ContainerSpec.Options(false, removeWhenDone, false), none("sleep", "100"));
    }

    private void assertNothingIsLeft(List<String> idle) throws Exception {
        assertThat(host.containers.list()).isEmpty();
        assertThat(ContainerHost.traces()).isEqualTo(idle);
        for (Path root : List.of(host.settings.dataRoot(), host.settings.execRoot())) {
            try (Stream<Path> files = Files.list(root.resolve("containers"))) {
                assertThat(files).isEmpty();
            }
        }
    }
}
