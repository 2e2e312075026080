package io.netd.daemon.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    @Property(tries = 200)
    void anySplitOfTheStreamGivesTheSameFrames(
            @ForAll @Size(max = 8) List<byte[]> bodies, @ForAll @IntRange(min = 1, max = 40) int step) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        bodies.forEach(body -> stream.writeBytes(new Frame(FrameType.STDIN, body).toBytes()));
        byte[] bytes = stream.toByteArray();
        FrameReader reader = new FrameReader();
        List<byte[]> read = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += step) {
            reader.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step)));
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                read.add(frame.get().body());
            }
        }
        assertThat(read).hasSameSizeAs(bodies);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(bodies.get(i));
        }
        assertThat(reader.isEmpty()).isTrue();
    }

    @Test
    void aHugeLengthIsRefusedByItsHeaderAlone() {
        FrameReader reader = new FrameReader();
        reader.feed(new byte[] {2, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        assertThatThrownBy(reader::next)
                .isInstanceOf(BrokenFrameException.class)
                .hasMessageContaining("STDIN frame of 4294967295 bytes");
    }

    @Test
    void aFrameThatOnlyDaemonsSendIsRefused() {
        FrameReader reader = new FrameReader();
        reader.feed(Frame.exit(0).toBytes());
        assertThatThrownBy(reader::next).isInstanceOf(BrokenFrameException.class);
    }

    @Test
    void anotherMagicIsRefused() {
        FrameReader reader = new FrameReader();
        reader.feed("\0XYZ\1\1\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatThrownBy(reader::preface).isInstanceOf(BrokenFrameException.class);
    }
}
