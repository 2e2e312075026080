package io.netd.netlink.testing;

import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** What a program said to the kernel and heard from it, recorded by {@code src/test/record/record} on a little-endian machine. */
public record Recording(List<byte[]> sent, List<byte[]> received) {
    /** The recording of that name. */
    public static Recording of(String name) {
        List<String> lines = lines("/recorded/" + name + ".txt");
        return new Recording(datagrams(lines, "> "), datagrams(lines, "< "));
    }

    /** The messages of every datagram received. */
    public List<Message> messages() {
        return received.stream()
                .flatMap(datagram -> MessageReader.split(ByteBuffer.wrap(datagram)).stream())
                .toList();
    }

    /** The last message sent, which is the one that the program was run for. */
    public Message request() {
        return MessageReader.split(ByteBuffer.wrap(requestBytes())).get(0);
    }

    /** The bytes of {@link #request}, without its sequence number. */
    public byte[] requestBytes() {
        return withoutSequence(sent.get(sent.size() - 1));
    }

    /** A copy of one message with the sequence number zero. */
    public static byte[] withoutSequence(byte[] message) {
        byte[] copy = message.clone();
        ByteBuffer.wrap(copy).putInt(8, 0);
        return copy;
    }

    private static List<byte[]> datagrams(List<String> lines, String direction) {
        return lines.stream()
                .filter(line -> line.startsWith(direction))
                .map(line -> HexFormat.of().parseHex(line.substring(direction.length())))
                .toList();
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = Objects.requireNonNull(Recording.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
