package io.netd.linux.ns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.proc.Program;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import io.netd.linux.testing.ThrowawayNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespaceKernelIT {
    @TempDir
    private Path folder;

    @Test
    void whatIsMadeInsideIsNotSeenOutside() {
        try (ThrowawayNamespace inside = ThrowawayNamespace.create()) {
            inside.sh("ip link add name br-test type bridge");
            assertThat(inside.sh("ip -j link show br-test")).contains("\"br-test\"");
            assertThat(Program.of("ip", "link", "show", "br-test").run().exitCode())
                    .isNotZero();
        }
    }

    @Test
    void theThreadIsBackAfterwardsAlsoWhenTheBodyFails() {
        NamespaceId home = idOfThisThread();
        try (NetworkNamespace other = NetworkNamespace.create()) {
            assertThat(other.call(NetworkNamespaceKernelIT::idOfThisThread)).isEqualTo(other.id());
            assertThatThrownBy(() -> other.run(() -> {
                        throw new IllegalArgumentException("body");
                    }))
                    .hasMessage("body");
        }
        assertThat(idOfThisThread()).isEqualTo(home);
    }

    @Test
    void namespacesMayBeNested() {
        try (NetworkNamespace outer = NetworkNamespace.create();
                NetworkNamespace inner = NetworkNamespace.create()) {
            outer.run(() -> {
                inner.run(() -> assertThat(idOfThisThread()).isEqualTo(inner.id()));
                assertThat(idOfThisThread()).isEqualTo(outer.id());
            });
        }
    }

    @Test
    void aPinnedOneIsSeenByIpAndGoneAfterUnpin() throws IOException {
        Path pin = Files.createDirectories(Path.of("/run/netns")).resolve("pinned");
        NamespaceId id;
        try (NetworkNamespace made = NetworkNamespace.create()) {
            id = made.id();
            made.pin(pin);
        }
        assertThat(Program.of("ip", "netns", "exec", "pinned", "readlink", "/proc/self/ns/net")
                        .run()
                        .out())
                .isEqualTo(id + "\n");
        try (NetworkNamespace again = NetworkNamespace.open(pin)) {
            assertThat(again.id()).isEqualTo(id);
        }
        NetworkNamespace.unpin(pin);
        NetworkNamespace.unpin(pin);
        assertThat(pin).doesNotExist();
    }

    @Test
    void pinDoesNotTouchAFileThatExists() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");
        try (NetworkNamespace made = NetworkNamespace.create()) {
            assertThatThrownBy(() -> made.pin(file))
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        Path fifo = folder.resolve("fifo");
        Program.of("mkfifo", fifo.toString()).run();
        Path file = Files.createFile(folder.resolve("file"));
        for (Path path : new Path[] {file, folder, fifo, Path.of("/proc/self/ns/mnt"), Path.of("/dev/null")}) {
            assertThatThrownBy(() -> NetworkNamespace.open(path))
                    .as("%s", path)
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void anotherProcessDescriptorLeadsThere() throws IOException {
        try (NetworkNamespace made = NetworkNamespace.create();
                Fd fd = made.fd().duplicate();
                NetworkNamespace opened = NetworkNamespace.open(
                        Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.number()))) {
            assertThat(opened.id()).isEqualTo(made.id());
            assertThat(opened.cookie()).isEqualTo(made.cookie());
        }
    }

    @Test
    void cookiesAreNeverUsedTwiceThoughInodesAre() {
        Set<Long> cookies = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (NetworkNamespace made = NetworkNamespace.create()) {
                assertThat(made.cookie()).isEqualTo(made.cookie());
                assertThat(cookies.add(made.cookie())).isTrue();
            }
        }
    }

    @Test
    void aClosedOneCannotBeEntered() {
        NetworkNamespace made = NetworkNamespace.create();
        made.close();
        assertThatThrownBy(() -> made.run(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    private static NamespaceId idOfThisThread() {
        try (NetworkNamespace here = NetworkNamespace.current()) {
            return here.id();
        }
    }
}
