package io.netd.netlink.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of which change, and who is woken for it. */
class RuleMonitorKernelIT {
    private static final int MANY = 40;

    private final ThrowawayNamespace host = ThrowawayNamespace.create();
    private final BlockingQueue<RuleChange> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void nobodyIsWokenForWhatASocketThatIsKeptChanges() throws InterruptedException {
        RuleMonitor monitor = host.call(() -> RuleMonitor.open(heard::add));
        try (monitor;
                NftSocket own = host.call(NftSocket::openListening)) {
            change(own);
            othersAreHeard("add");
            long before = wakings();
            for (int i = 0; i < MANY; i++) {
                change(own);
                // Time for the monitor to fall asleep again, if it was woken.
                host.sh("true");
            }
            othersAreHeard("delete");
            assertThat(wakings() - before).isLessThan(MANY / 2);
            assertThat(heard).isEmpty();
        }
    }

    private static void change(NftSocket socket) {
        socket.commit(NftBatch.ofAnyGeneration().addTable(NftFamily.IP, "own", Data.of()));
        socket.commit(NftBatch.ofAnyGeneration().deleteTable(NftFamily.IP, "own"));
    }

    private void othersAreHeard(String verb) throws InterruptedException {
        host.sh("nft " + verb + " table ip other");
        assertThat(heard.poll(20, TimeUnit.SECONDS))
                .extracting(RuleChange::program)
                .isEqualTo("nft");
    }

    /** How often this process's monitors have given the processor away to wait (proc_pid_status(5)). */
    private static long wakings() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(thread -> read(thread.resolve("comm")).strip().equals("rule-monitor"))
                    .flatMap(thread -> read(thread.resolve("status")).lines())
                    .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing of a thread that has ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
