package io.netd.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.runtime.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRecordTest {
    @TempDir
    Path folder;

    @Test
    void aListThatAnEarlierVersionDidNotWriteIsEmpty() throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, "{\"entrypoint\":[],\"command\":[\"a\"],\"environment\":[],\"user\":null}");

        ImageConfig config = new JsonFile<>(file, ImageConfig.class).read().orElseThrow();

        assertThat(config.command()).containsExactly("a");
        assertThat(config.exposedPorts()).isEqualTo(List.of());
    }
}
