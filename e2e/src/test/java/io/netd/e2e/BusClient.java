package io.netd.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Somebody on the bus who is no part of netd: speaks the bridge protocol, a length and a JSON object. */
final class BusClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 10;

    private final SocketChannel channel;
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

    private BusClient(SocketChannel channel) {
        this.channel = channel;
    }

    static BusClient connect(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            BusClient client = new BusClient(channel);
            Thread reader = new Thread(client::read, "bus-client");
            reader.setDaemon(true);
            reader.start();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(String address) {
        write("{\"type\":\"register\",\"address\":\"" + address + "\"}");
    }

    /** Sends a request and waits for its answer, whole: {@code type} is {@code message} or {@code err}. */
    JsonNode ask(String address, String body) {
        write("{\"type\":\"send\",\"address\":\"" + address + "\",\"replyAddress\":\"answer\",\"body\":" + body + "}");
        return await(message -> message.at("/address").asText().equals("answer"));
    }

    /** Sends a request with a header and waits for its answer. */
    JsonNode ask(String address, String header, String value, String body) {
        write("{\"type\":\"send\",\"address\":\"" + address + "\",\"replyAddress\":\"answer\",\"headers\":{\"" + header
                + "\":\"" + value + "\"},\"body\":" + body + "}");
        return await(message -> message.at("/address").asText().equals("answer"));
    }

    /** The body of the next message that is an event of this kind; others before it are dropped. */
    JsonNode event(String kind) {
        return await(message -> message.at("/body/address").asText().equals(kind))
                .at("/body");
    }

    /** The body of the next message of an address, which is any event where that is the address of all. */
    JsonNode next(String address) {
        return await(message -> message.at("/address").asText().equals(address)).at("/body");
    }

    private JsonNode await(Predicate<JsonNode> wanted) {
        try {
            while (true) {
                JsonNode message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("nothing came over the bus");
                }
                if (wanted.test(message)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        frame.putInt(bytes.length).put(bytes).flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            while (true) {
                received.add(JSON.readTree(in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            // The connection's end: whoever still waits is told by its patience.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
