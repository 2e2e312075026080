package io.netd.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.proc.Program;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockKernelIT {
    @TempDir
    private Path folder;

    @Test
    void keepsAnotherProgramOut() {
        Path file = folder.resolve("lock");
        try (FileLock lock = FileLock.acquire(file, Duration.ofSeconds(1))) {
            assertThat(lock).isNotNull();
            assertThat(flock(file)).isEqualTo(1);
        }
        assertThat(flock(file)).isZero();
    }

    @Test
    void waitsForAnotherProgram() throws IOException {
        Path file = folder.resolve("lock");
        Process holder = Program.of("flock", file.toString(), "sh", "-c", "echo held; read line")
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThat(FileLock.tryAcquire(file)).isEmpty();
            assertThatThrownBy(() -> FileLock.acquire(file, Duration.ofMillis(30)))
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN))
                    .hasMessageContaining(file.toString());
            holder.getOutputStream().close();
            FileLock.acquire(file, Duration.ofSeconds(10)).close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void keepsAnotherHolderInThisProcessOut() {
        Path file = folder.resolve("lock");
        try (FileLock lock = FileLock.tryAcquire(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(FileLock.tryAcquire(file)).isEmpty();
        }
        FileLock.tryAcquire(file).orElseThrow().close();
    }

    private static int flock(Path file) {
        return Program.of("flock", "-n", file.toString(), "true").run().exitCode();
    }
}
