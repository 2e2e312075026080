package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.cni.AttachmentId;
import io.netd.cni.NetworkName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills an allocating process at any moment. */
class HostLocalStoreKillTest {
    private static final int ROUNDS = 4;

    @TempDir
    Path dataDir;

    @Test
    void killedAtAnyMomentEveryLeaseHasAnOwnerAndNothingBlocks() throws Exception {
        Random random = new Random(7);
        IpamConfig config = IpamConfigTest.ipam("'subnet':'10.1.0.0/16'");
        for (int round = 0; round < ROUNDS; round++) {
            kill(start("r" + round + "-"), random.nextInt(40));

            for (String name : dataDir.resolve("n").toFile().list()) {
                if (name.startsWith("10.") || name.startsWith("fd00:")) {
                    assertThat(dataDir.resolve("n").resolve(name)).content().matches("r" + round + "-\\d+\r\neth0");
                }
            }
            HostLocalStore store = new LeaseStores().open(dataDir, new NetworkName("n"));
            store.allocate(config, AttachmentId.of("after", "eth0"));
            for (Lease lease : store.reserved()) {
                store.release(
                        AttachmentId.of(lease.containerId(), lease.ifName().orElseThrow()));
            }
            assertThat(store.reserved()).isEmpty();
            assertThat(dataDir.resolve("n/.netd-draft")).doesNotExist();
        }
    }

    private Process start(String prefix) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessAllocation.class.getName(),
                        dataDir.toString(),
                        prefix)
                .inheritIO()
                .start();
    }

    private void kill(Process process, int millis) throws Exception {
        Path last = dataDir.resolve("n/last_reserved_ip.1");
        Files.deleteIfExists(last);
        while (!Files.exists(last) && process.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
        process.destroyForcibly().waitFor();
    }
}
