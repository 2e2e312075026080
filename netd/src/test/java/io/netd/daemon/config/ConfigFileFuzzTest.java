package io.netd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.netd.daemon.fuzz.ByteMutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever daemon.json holds, the answer is values or a refusal in a person's words. */
class ConfigFileFuzzTest {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int COUNT = 10_000;
    private static final byte[] WHOLE = """
            {"bip":"172.18.0.1/16","mtu":1400,"hosts":["unix:///run/netd/netd.sock","tcp://127.0.0.1:4243"],
             "default-address-pools":[{"base":"10.200.0.0/16","size":24}],"iptables":true,"log-level":"info"}
            """.getBytes(StandardCharsets.UTF_8);

    private static final byte[] LONG_NUMBER = ("{\"mtu\":" + "1".repeat(2000) + "}").getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void anyChangeIsValuesOrRefused() throws IOException {
        Path file = folder.resolve("daemon.json");
        for (int i = 0; i < COUNT; i++) {
            SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
            byte[] text = random.nextInt(50) == 0 ? LONG_NUMBER : WHOLE;
            Files.write(
                    file,
                    ByteMutation.change(random.nextInt(3) == 0 ? ByteMutation.change(text, random) : text, random));
            try {
                assertThat(ConfigFile.read(file)).isNotNull();
            } catch (ConfigException e) {
                assertThat(e.getMessage())
                        .as("seed " + SEED + ", " + i)
                        .isNotBlank()
                        .doesNotContain("Exception", "Feature", "Constraints", "com.fasterxml", "java.");
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", " + i + ": " + Files.readString(file, StandardCharsets.ISO_8859_1), e);
            }
        }
    }
}
