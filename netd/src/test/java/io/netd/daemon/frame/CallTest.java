package io.netd.daemon.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.testing.Generated;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private void field(int tag, byte[] value) {
        body.write(tag);
        body.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        body.writeBytes(value);
    }

    private void field(int tag, String value) {
        field(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsBecomeACallAndUnknownOnesAreSkipped() {
        field(1, "bridge");
        field(2, "a b");
        field(3, "CNI_COMMAND=ADD");
        field(99, "from the future");
        field(5, ByteBuffer.allocate(5).put((byte) 1).putInt(-2).array());
        field(5, ByteBuffer.allocate(5).put((byte) 3).putInt(7).array());
        field(8, ByteBuffer.allocate(16).putLong(4).putLong(4026531840L).array());
        Call call = Call.decode(body.toByteArray());
        assertThat(call.name()).isEqualTo("bridge");
        assertThat(call.arguments()).containsExactly("a b");
        assertThat(call.environment()).containsEntry("CNI_COMMAND", "ADD");
        assertThat(call.descriptors().get(Descriptor.Kind.CONTAINER).errno()).isEqualTo(2);
        assertThat(call.descriptors().get(Descriptor.Kind.ROOT).number()).isEqualTo(7);
        assertThat(call.host()).contains(new Call.NamespaceNumbers(4, 4026531840L));
    }

    @Test
    void aCallWithoutANameIsRefused() {
        assertThatThrownBy(() -> Call.decode(new byte[0])).isInstanceOf(BrokenFrameException.class);
    }

    @Test
    void anyBytesAreACallOrABrokenFrame() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, Generated.integer(random, 0, 200));
            try {
                Call.decode(bytes);
            } catch (BrokenFrameException expected) {
                assertThat(expected).hasMessageContaining("CALL");
            }
        });
    }
}
