package io.netd.linux.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.Errno;
import io.netd.linux.sys.Fd;
import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsReadToItsEndUpToTheLimit() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[10_000]);
        assertThat(SmallFiles.read(file, 10_000))
                .get()
                .satisfies(bytes -> assertThat(bytes).hasSize(10_000));
        assertThatThrownBy(() -> SmallFiles.read(file, 9_999))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EFBIG));
        assertThat(SmallFiles.read(folder.resolve("none"), 10)).isEmpty();
    }

    @Test
    void anInterruptedThreadReadsAndWritesLikeAnyOther() {
        Path file = folder.resolve("file");
        Thread.currentThread().interrupt();
        try (Fd fd = SmallFiles.create(file, 0600)) {
            fd.writeAll("whole".getBytes(UTF_8));
        }
        assertThat(SmallFiles.read(file, 10)).contains("whole".getBytes(UTF_8));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatExistsIsNotMadeAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> SmallFiles.create(file, 0600))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void aLinkIsNotEmptied() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThatThrownBy(() -> SmallFiles.empty(link, 0600))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
        assertThat(target).hasContent("mine");
    }

    @Test
    void namesAreGivenAndTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "one");
        Path name = folder.resolve("name");
        assertThat(SmallFiles.link(file, name)).isTrue();
        assertThat(SmallFiles.link(file, name)).isFalse();
        assertThat(SmallFiles.remove(file)).isTrue();
        assertThat(SmallFiles.remove(file)).isFalse();
        Files.writeString(folder.resolve("other"), "two");
        SmallFiles.rename(name, folder.resolve("other"));
        assertThat(folder.resolve("other")).hasContent("one");
        assertThatThrownBy(() -> SmallFiles.rename(name, file))
                .hasMessageContaining(name.toString())
                .hasMessageContaining("ENOENT");
    }
}
