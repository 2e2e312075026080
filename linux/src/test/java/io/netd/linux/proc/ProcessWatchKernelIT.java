package io.netd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessWatchKernelIT {
    private final ProcessWatch watch = ProcessWatch.open();
    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void close() {
        watch.close();
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void seesAKilledProgram() throws InterruptedException {
        Process sleep = sleep();
        ProcessId id = ProcessId.of((int) sleep.pid()).orElseThrow();
        CountDownLatch gone = new CountDownLatch(1);
        watch.onExit(id, gone::countDown);
        assertThat(gone.await(50, TimeUnit.MILLISECONDS)).isFalse();
        id.signal(Constants.SIGKILL);
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        sleep.waitFor();
        assertThat(id.isAlive()).isFalse();
        assertThatThrownBy(() -> id.signal(Constants.SIGKILL))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH));
    }

    @Test
    void seesAProcessThatIsNotAChild() throws IOException, InterruptedException {
        Process parent =
                Program.of("setsid", "sh", "-c", "sleep 60 >&- 2>&- & echo $!").start();
        children.add(parent);
        ProcessId id =
                ProcessId.of(Integer.parseInt(parent.inputReader().readLine())).orElseThrow();
        parent.waitFor();
        CountDownLatch gone = new CountDownLatch(1);
        watch.onExit(id, gone::countDown);
        id.signal(Constants.SIGTERM);
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsAtOnceOfOneThatIsGone() throws InterruptedException {
        Process sleep = sleep();
        ProcessId id = ProcessId.of((int) sleep.pid()).orElseThrow();
        sleep.destroyForcibly().waitFor();
        AtomicBoolean told = new AtomicBoolean();
        watch.onExit(id, () -> told.set(true));
        assertThat(told).isTrue();
    }

    @Test
    void aLaterProcessOfTheSameNumberIsAnother() {
        ProcessId id = ProcessId.of((int) sleep().pid()).orElseThrow();
        ProcessId earlier = new ProcessId(id.pid(), id.startTime() - 1);
        assertThat(earlier.isAlive()).isFalse();
        assertThatThrownBy(() -> earlier.signal(Constants.SIGKILL)).hasMessageContaining("ESRCH");
        assertThat(id.isAlive()).isTrue();
    }

    @Test
    void oneFailingActionDoesNotHinderTheOthers() throws InterruptedException {
        ProcessId first = ProcessId.of((int) sleep().pid()).orElseThrow();
        ProcessId second = ProcessId.of((int) sleep().pid()).orElseThrow();
        CountDownLatch gone = new CountDownLatch(2);
        watch.onExit(first, () -> {
            gone.countDown();
            throw new IllegalStateException("expected in this test's output");
        });
        watch.onExit(second, gone::countDown);
        first.signal(Constants.SIGKILL);
        second.signal(Constants.SIGKILL);
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHundredAtOnceAreAllSeen() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(100);
        List<ProcessId> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(ProcessId.of((int) sleep().pid()).orElseThrow());
        }
        ids.forEach(id -> watch.onExit(id, gone::countDown));
        ids.forEach(id -> id.signal(Constants.SIGKILL));
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A program that is just being started holds copies of all descriptors until its exec. */
    @Test
    void programsThatStartMeanwhileHideNoEnd() throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(4);
        AtomicBoolean enough = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            starters.execute(() -> {
                while (!enough.get()) {
                    Program.of("true").run();
                }
            });
        }
        for (int i = 0; i < 300; i++) {
            CountDownLatch gone = new CountDownLatch(1);
            Process process = Program.of("true").start();
            ProcessId.of((int) process.pid()).ifPresentOrElse(id -> watch.onExit(id, gone::countDown), gone::countDown);
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
        enough.set(true);
        starters.shutdown();
        assertThat(starters.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Process sleep() {
        Process sleep = Program.of("sleep", "60").start();
        children.add(sleep);
        return sleep;
    }
}
