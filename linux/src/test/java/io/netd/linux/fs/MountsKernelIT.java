package io.netd.linux.fs;

import static io.netd.linux.sys.Constants.S_IFCHR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.proc.Program;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsKernelIT {
    @TempDir
    private Path folder;

    @Test
    void mountAndUnmountAreSeenInMountinfo() throws IOException {
        Path point = Files.createDirectory(folder.resolve("a b\\c"));
        Mounts.mount("netd-test", point, "tmpfs", 0, "size=64k,mode=0700");
        Mount found = at(point).orElseThrow();
        assertThat(found.type()).isEqualTo("tmpfs");
        assertThat(found.source()).isEqualTo("netd-test");
        assertThat(found.superOptions()).contains("size=64k");
        assertThat(Program.of("findmnt", "-n", "-o", "SOURCE", point.toString())
                        .run()
                        .out()
                        .strip())
                .isEqualTo("netd-test");
        Mounts.unmount(point);
        assertThat(at(point)).isEmpty();
        assertThatThrownBy(() -> Mounts.unmount(point))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void aReadOnlyBindRefusesWritesWhileTheSourceTakesThem() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Path point = Files.createDirectory(folder.resolve("point"));
        Mounts.bindReadOnly(source, point);
        try {
            Files.writeString(source.resolve("file"), "seen");
            assertThat(point.resolve("file")).hasContent("seen");
            assertThatThrownBy(() -> Files.writeString(point.resolve("other"), "x"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only file system");
        } finally {
            Mounts.unmount(point);
        }
    }

    @Test
    void unmountDoesNotFollowALink() throws IOException {
        Path point = Files.createDirectory(folder.resolve("point"));
        Mounts.mount("netd-test", point, "tmpfs", 0, "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), point);
        assertThatThrownBy(() -> Mounts.unmount(link)).isInstanceOf(LinuxException.class);
        assertThat(at(point)).isPresent();
        Mounts.unmount(point);
    }

    @Test
    void makesDeviceNodesAndOwners() throws IOException {
        Path node = folder.resolve("null");
        Nodes.make(node, S_IFCHR | 0600, 1, 3);
        Nodes.own(node, 12, 34);
        assertThat(Program.of("stat", "-c", "%F %t %T %u %g", node.toString())
                        .run()
                        .out())
                .isEqualTo("character special file 1 3 12 34\n");
        Path big = folder.resolve("big");
        Nodes.make(big, S_IFCHR | 0600, 0xabc, 0x12345);
        assertThat(Program.of("stat", "-c", "%t %T", big.toString()).run().out())
                .isEqualTo("abc 12345\n");
    }

    private static Optional<Mount> at(Path point) {
        return Mounts.list().stream()
                .filter(mount -> mount.point().equals(point))
                .findFirst();
    }
}
