package io.netd.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.MacAddress;
import io.netd.address.testing.Generated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    @Test
    void aBatchIsSplitIntoItsMessages() {
        MessageWriter writer = new MessageWriter().begin(16, 5).u8(1).u8(2).u8(3);
        writer.begin(20, 6).u32(7).u32(1, 9);

        List<Message> messages = MessageReader.split(writer.finish());

        assertThat(messages).extracting(Message::type).containsExactly(16, 20);
        assertThat(messages).extracting(Message::flags).containsExactly(5, 6);
        assertThat(messages.get(0).payload().limit()).isEqualTo(3);
        assertThat(messages.get(1).attributes(4).u32(1)).hasValue(9);
        assertThat(writer.count()).isEqualTo(2);
    }

    @Test
    void nestedAttributesComeBack() {
        MessageWriter writer = new MessageWriter().begin(1, 0).nest(18).text(1, "veth");
        writer.nest(2).flag(5).ip(6, IpAddress.parse("fd00::1")).unnest().be16(3, 8080);
        writer.unnest().mac(1, MacAddress.parse("02:42:ac:11:00:02"));

        Attributes all = MessageReader.split(writer.finish()).get(0).attributes(0);

        assertThat(all.nested(18).text(1)).contains("veth");
        assertThat(all.nested(18).nested(2).has(5)).isTrue();
        assertThat(all.nested(18).nested(2).ip(6)).contains(IpAddress.parse("fd00::1"));
        assertThat(all.nested(18).find(3).orElseThrow().be16()).isEqualTo(8080);
        assertThat(all.find(1).orElseThrow().mac()).isEqualTo(MacAddress.parse("02:42:ac:11:00:02"));
        assertThat(all.nested(99)).isEmpty();
    }

    @Test
    void anAttributeLeftOpenIsRefused() {
        MessageWriter writer = new MessageWriter().begin(1, 0).nest(1);
        assertThatIllegalStateException().isThrownBy(writer::finish);
    }

    @Test
    void anAttributeBeyondItsLengthFieldIsRefused() {
        MessageWriter writer = new MessageWriter().begin(1, 0);
        assertThatIllegalStateException().isThrownBy(() -> writer.bytes(1, new byte[0x10000]));
    }

    @Test
    void numbersComeBack() {
        Generated.times(1000, random -> {
            int number = random.nextInt();
            long large = random.nextLong();
            int small = Generated.integer(random, 0, 0xffff);
            byte tiny = (byte) random.nextInt();
            MessageWriter writer =
                    new MessageWriter().begin(1, 0).u8(1, tiny).u16(2, small).be16(3, small);
            writer.u32(4, number).be32(5, number).u64(6, large).be64(7, large);

            Attributes all = MessageReader.split(writer.finish()).get(0).attributes(0);

            assertThat(all.find(1).orElseThrow().u8()).isEqualTo(tiny & 0xff);
            assertThat(all.find(2).orElseThrow().u16()).isEqualTo(small);
            assertThat(all.find(3).orElseThrow().be16()).isEqualTo(small);
            assertThat(all.find(4).orElseThrow().u32()).isEqualTo(number);
            assertThat(all.find(5).orElseThrow().be32()).isEqualTo(number);
            assertThat(all.find(6).orElseThrow().u64()).isEqualTo(large);
            assertThat(all.find(7).orElseThrow().be64()).isEqualTo(large);
        });
    }

    @Test
    void bytesAndTextComeBack() {
        Generated.times(1000, random -> {
            byte[] bytes = Generated.bytes(random, Generated.integer(random, 0, 300));
            String text = Generated.text(random, 80);
            String plain = text.replaceAll("[\\x00\\p{Cs}]", "x");
            MessageWriter writer =
                    new MessageWriter().begin(1, 0).bytes(1, bytes).text(2, plain);

            Attributes all = MessageReader.split(writer.finish()).get(0).attributes(0);

            assertThat(all.find(1).orElseThrow().bytes()).isEqualTo(bytes);
            assertThat(all.text(2)).contains(plain);
        });
    }

    @Test
    void garbageIsReadOrRefusedAndNothingElse() {
        Generated.times(1000, random -> {
            byte[] garbage = Generated.bytes(random, Generated.integer(random, 0, 64));
            try {
                MessageReader.split(ByteBuffer.wrap(garbage)).forEach(message -> message.attributes(0));
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("length");
            }
        });
    }

    @Test
    void aValueOfTheWrongSizeIsRefused() {
        MessageWriter writer = new MessageWriter().begin(1, 0).u16(4, 1);
        Attribute attribute = MessageReader.split(writer.finish())
                .get(0)
                .attributes(0)
                .find(4)
                .orElseThrow();
        assertThatThrownBy(attribute::u32).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(attribute::ip).isInstanceOf(MalformedMessageException.class);
        assertThat(Arrays.asList(attribute.type())).containsExactly(4);
    }
}
