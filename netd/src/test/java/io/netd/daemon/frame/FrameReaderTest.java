package io.netd.daemon.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    @Test
    void anySplitOfTheStreamGivesTheSameFrames() {
        Generated.times(1000, random -> {
            List<byte[]> bodies =
                    Generated.list(random, 8, any -> Generated.bytes(any, Generated.integer(any, 0, 100)));
            int step = Generated.integer(random, 1, 40);
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
        });
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
