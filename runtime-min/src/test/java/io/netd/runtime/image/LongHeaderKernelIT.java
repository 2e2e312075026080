package io.netd.runtime.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.runtime.ContainerException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header may be long, but not so long that reading it takes all memory. */
class LongHeaderKernelIT {
    private static final long HUGE = 200L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_GNUTYPE_LONGNAME,
                TarConstants.LF_GNUTYPE_LONGLINK,
                TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
            })
    void aHugeOneIsRefusedBeforeItIsRead(byte type) throws Exception {
        Endless content = new Endless(HUGE + " path=");
        InputStream archive = new SequenceInputStream(new ByteArrayInputStream(header(type)), content);

        assertThatThrownBy(() -> Layers.open(folder).add(archive))
                .isInstanceOf(ContainerException.class)
                .hasMessageContaining("name or attributes");

        assertThat(content.given).isLessThan(2L * HeaderBound.LONGEST);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void contentOfAnyLengthIsRead() throws Exception {
        String text = "x".repeat(3 * HeaderBound.LONGEST);
        Layers layers = Layers.open(folder);

        Layers.Layer layer =
                layers.add(new TarBuilder().file("big", text).file("after", "y").open());

        Path root = folder.resolve(Digest.hex(layer.digest()));
        assertThat(Files.readString(root.resolve("big"))).isEqualTo(text);
        assertThat(Files.readString(root.resolve("after"))).isEqualTo("y");
    }

    private static byte[] header(byte type) {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", type);
        entry.setSize(HUGE);
        byte[] block = new byte[512];
        entry.writeEntryHeader(block);
        return block;
    }

    /** A beginning, and letters after it for as long as somebody reads; counts them. */
    private static final class Endless extends InputStream {
        private final byte[] beginning;
        private long given;

        Endless(String beginning) {
            this.beginning = beginning.getBytes(US_ASCII);
        }

        @Override
        public int read() {
            if (given == HUGE) {
                return -1;
            }
            int at = (int) given++;
            return at < beginning.length ? beginning[at] : 'a';
        }
    }
}
