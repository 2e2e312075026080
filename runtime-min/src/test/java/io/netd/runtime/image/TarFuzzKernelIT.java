package io.netd.runtime.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netd.runtime.ContainerException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an archive has become, it is a layer or refused in a person's words, and no half of it stays. */
class TarFuzzKernelIT {
    private static final long SEED = Long.getLong("netd.fuzz.seed", 1);
    private static final int COUNT = 3000;
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private static final byte[] WHOLE = new TarBuilder()
            .directory("etc")
            .file("etc/hosts", "127.0.0.1 localhost\n")
            .file("a/" + "long/".repeat(30) + "name", "x".repeat(700))
            .symlink("bin", "usr/bin")
            .hardLink("etc/same", "etc/hosts")
            .node("dev/null", TarConstants.LF_CHR, 1, 3)
            .special("fifo", TarConstants.LF_FIFO, entry -> {})
            .file("etc/.wh.gone", "")
            .file("etc/.wh..wh..opq", "")
            .bytes();

    @TempDir
    private Path folder;

    @Test
    void anyChangeIsALayerOrRefused() throws Exception {
        Layers layers = Layers.open(folder);
        int taken = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] archive = change(new SplittableRandom(SEED * 1_000_003 + i));
            try {
                layers.remove(layers.add(new ByteArrayInputStream(archive)).digest());
                taken++;
            } catch (ContainerException e) {
                assertThat(e.getMessage()).as(named(i, archive)).isNotBlank().doesNotContain("Exception", "java.");
            } catch (RuntimeException e) {
                throw new AssertionError(named(i, archive), e);
            }
            assertThat(folder).as(named(i, archive)).isEmptyDirectory();
        }
        assertThat(taken).isPositive();
    }

    private static String named(int number, byte[] archive) {
        return "seed " + SEED + ", " + number + ": " + Base64.getEncoder().encodeToString(archive);
    }

    /** Bytes of a header change, and its checksum with them; or any bytes. */
    private static byte[] change(RandomGenerator random) {
        byte[] archive = WHOLE.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int block = random.nextInt(archive.length / BLOCK) * BLOCK;
            int at = block + random.nextInt(BLOCK);
            String[] words = {"../", "/", "\0", "7777777", "-1", "\u00ff", "35 path=", "K", "L", "x", "S", "etc"};
            byte[] word = words[random.nextInt(words.length)].getBytes(ISO_8859_1);
            System.arraycopy(word, 0, archive, at, Math.min(word.length, archive.length - at));
            if (random.nextInt(5) > 0) {
                sum(archive, block);
            }
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(archive, random.nextInt(archive.length)) : archive;
    }

    private static void sum(byte[] archive, int block) {
        Arrays.fill(archive, block + CHECKSUM, block + CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += archive[block + i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0", sum).getBytes(US_ASCII), 0, archive, block + CHECKSUM, 7);
    }
}
