package io.netd.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FdTest {
    @TempDir
    private Path folder;

    @Test
    void closingTwiceDoesNotCloseSomebodyElses() {
        Fd first = Fd.open(folder, Constants.O_RDONLY);
        first.close();
        try (Fd second = Fd.open(folder, Constants.O_RDONLY)) {
            first.close();
            assertThat(second.procPath()).isDirectory();
            assertThatThrownBy(first::number).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aDuplicateOutlivesTheOriginal() {
        Fd first = Fd.open(folder, Constants.O_RDONLY);
        try (Fd second = first.duplicate()) {
            first.close();
            assertThat(second.procPath()).isDirectory();
        }
    }

    @Test
    void programsInheritNothing() throws IOException {
        try (Fd fd = Fd.open(folder, Constants.O_RDONLY);
                Fd copy = fd.duplicate()) {
            for (Fd each : new Fd[] {fd, copy}) {
                String info = Files.readString(Path.of("/proc/self/fdinfo/" + each.number()));
                assertThat(info).containsPattern("flags:\\s+0?2\\d{6}");
            }
        }
    }

    @Test
    void writesAFileNamedInUtf8() throws IOException {
        Path file = Path.of(folder + "/\u00e4 b");
        try (Fd fd = Fd.open(file, Constants.O_WRONLY | Constants.O_CREAT, 0600)) {
            fd.write(new byte[] {'h', 'i'});
            assertThat(Files.readString(fd.procPath())).isEqualTo("hi");
        }
    }

    @Test
    void failuresNameCallPathAndError() {
        assertThatThrownBy(() -> Fd.open(Path.of("/no/such"), Constants.O_RDONLY))
                .isInstanceOf(LinuxException.class)
                .hasMessage("open /no/such: no such file or directory (ENOENT)");
        assertThatThrownBy(() -> Libc.text("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void errorNumbersBelongToTheThread() {
        IntStream.range(0, 4000).parallel().forEach(i -> {
            int result = i % 2 == 0 ? Libc.files().close(-1) : Libc.files().open(Libc.text("/no/such"), 0, 0);
            Errno errno = Libc.lastErrno();
            assertThat(result).isEqualTo(-1);
            assertThat(errno).isEqualTo(i % 2 == 0 ? Errno.EBADF : Errno.ENOENT);
        });
    }

    @Test
    void unknownErrorNumbersAreUnknown() {
        assertThat(Errno.of(0)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(-1)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(41)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(4096)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(98).text()).isEqualTo("address already in use");
    }
}
