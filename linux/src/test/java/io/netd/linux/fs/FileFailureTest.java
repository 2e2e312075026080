package io.netd.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    @TempDir
    private Path folder;

    @Test
    void theJdksFileExceptionsGetTheKernelsWords() throws IOException {
        Files.createFile(folder.resolve("file"));

        assertThat(FileFailure.reason(catchThrowable(() -> Files.size(folder.resolve("none")))))
                .isEqualTo("no such file or directory");
        assertThat(FileFailure.reason(catchThrowable(() -> Files.createFile(folder.resolve("file")))))
                .isEqualTo("file exists");
        assertThat(FileFailure.reason(catchThrowable(() -> Files.delete(folder))))
                .isEqualTo("directory not empty");
    }

    @Test
    void whatHasAReasonKeepsIt() {
        assertThat(FileFailure.reason(catchThrowable(() -> Files.readAllBytes(folder))))
                .isEqualTo("Is a directory");
        assertThat(FileFailure.reason(new IOException())).isEqualTo("IOException");
        assertThat(FileFailure.reason(new UncheckedIOException(new IOException("because"))))
                .isEqualTo("because");
    }
}
