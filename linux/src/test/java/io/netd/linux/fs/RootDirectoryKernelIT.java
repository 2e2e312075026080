package io.netd.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.proc.Program;
import io.netd.linux.sys.Constants;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootDirectoryKernelIT {
    private static final int LIMIT = 100;

    @TempDir
    private Path folder;

    private Path inside;
    private RootDirectory root;

    @BeforeEach
    void outsideHasASecret() throws IOException {
        Files.writeString(folder.resolve("secret"), "outside");
        inside = Files.createDirectories(folder.resolve("root/etc")).getParent();
        Files.writeString(inside.resolve("etc/name"), "inside");
        root = RootDirectory.open(inside);
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void absolutePathsBeginAtTheRoot() {
        assertThat(root.readText("/etc/name", LIMIT)).contains("inside");
        assertThat(root.readText("etc/name", LIMIT)).contains("inside");
    }

    @Test
    void noWayLeadsOut() throws IOException {
        Path secret = folder.resolve("secret");
        Files.createSymbolicLink(inside.resolve("absolute"), secret);
        Files.createSymbolicLink(inside.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(inside.resolve("etc/deep"), Path.of("../../../../../../../../" + secret));
        assertThat(root.readText("absolute", LIMIT)).isEmpty();
        assertThat(root.readText("relative", LIMIT)).isEmpty();
        assertThat(root.readText("etc/deep", LIMIT)).isEmpty();
        assertThat(root.readText("../secret", LIMIT)).isEmpty();
        assertThat(root.readText(secret.toString(), LIMIT)).isEmpty();
    }

    @Test
    void linksMeanWhatTheyMeanInside() throws IOException {
        Files.createSymbolicLink(inside.resolve("absolute"), Path.of("/etc/name"));
        Files.createSymbolicLink(inside.resolve("climbing"), Path.of("../../../etc/name"));
        assertThat(root.readText("absolute", LIMIT)).contains("inside");
        assertThat(root.readText("climbing", LIMIT)).contains("inside");
    }

    @Test
    void aFifoDoesNotMakeItWait() {
        Program.of("mkfifo", inside.resolve("fifo").toString()).run();
        assertThatThrownBy(() -> root.readText("fifo", LIMIT)).hasMessageContaining("no regular file");
    }

    @Test
    void tooMuchIsRefused() {
        assertThat(root.readText("etc/name", 6)).contains("inside");
        assertThatThrownBy(() -> root.readText("etc/name", 5))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EFBIG));
    }

    @Test
    void createsBelowTheRoot() throws IOException {
        try (Fd fd = root.open("/etc/new", Constants.O_WRONLY | Constants.O_CREAT, 0600)) {
            fd.write(new byte[] {'x'});
        }
        assertThat(inside.resolve("etc/new")).hasContent("x");
        assertThatThrownBy(() -> RootDirectory.open(folder.resolve("secret")))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTDIR));
    }

    @Test
    void anotherProcessRootIsReached() throws IOException {
        Process sleeper = Program.of(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs t /mnt && echo there > /mnt/file && echo done && exec sleep 60")
                .start();
        try {
            assertThat(sleeper.inputReader().readLine()).isEqualTo("done");
            try (RootDirectory other = RootDirectory.open(Path.of("/proc/" + sleeper.pid() + "/root"))) {
                assertThat(other.readText("/mnt/file", LIMIT)).contains("there\n");
                assertThat(Path.of("/mnt/file")).doesNotExist();
            }
        } finally {
            sleeper.destroyForcibly();
        }
    }
}
