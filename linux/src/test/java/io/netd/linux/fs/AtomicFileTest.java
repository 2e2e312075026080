package io.netd.linux.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.linux.sys.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void createsReplacesAndDeletes(Durability durability) throws IOException {
        Path file = folder.resolve("state");
        AtomicFile.write(file, "one".getBytes(UTF_8), durability);
        AtomicFile.write(file, "two".getBytes(UTF_8), durability);
        assertThat(file).hasContent("two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(inFolder()).containsExactly(file);
        AtomicFile.delete(file, durability);
        AtomicFile.delete(file, durability);
        assertThat(inFolder()).isEmpty();
    }

    @Test
    void aDeadWritersWorkIsKnownAndReplaced() throws IOException {
        Path left = Files.writeString(folder.resolve(".state.tmp"), "ha");
        assertThat(AtomicFile.isUnfinished(left)).isTrue();
        assertThat(AtomicFile.isUnfinished(folder.resolve("state.tmp"))).isFalse();
        AtomicFile.write(folder.resolve("state"), "whole".getBytes(UTF_8), Durability.TMPFS);
        assertThat(inFolder()).containsExactly(folder.resolve("state"));
    }

    @Test
    void aLinkIsReplacedAndItsTargetLeftAlone() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Path file = Files.createSymbolicLink(folder.resolve("state"), target);
        AtomicFile.write(file, "new".getBytes(UTF_8), Durability.TMPFS);
        assertThat(target).hasContent("mine");
        assertThat(file).hasContent("new");
    }

    @Test
    void aMissingFolderIsAnErrorNamingTheFile() {
        Path file = folder.resolve("no/state");
        assertThatThrownBy(() -> AtomicFile.write(file, new byte[0], Durability.TMPFS))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining(file.getParent().toString())
                .hasMessageContaining("ENOENT");
    }

    private List<Path> inFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
