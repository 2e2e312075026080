package io.netd.daemon.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers plain HTTP/1 GETs on the same sockets, one for each connection. On the event loop. */
public final class HttpDoor {
    private static final int HEAD_LIMIT = 8 << 10;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final HttpPages pages;

    /** A door in front of these pages. */
    public HttpDoor(HttpPages pages) {
        this.pages = pages;
    }

    /** What can be read over HTTP. */
    @FunctionalInterface
    public interface HttpPages {
        /** The JSON of a path, if there is such a page; must not block. */
        Optional<byte[]> get(String path);
    }

    /** Takes over a connection whose first bytes are no frame. */
    void take(NetSocket socket, Buffer first) {
        StringBuilder head = new StringBuilder();
        socket.handler(bytes -> read(socket, head, bytes));
        read(socket, head, first);
    }

    private void read(NetSocket socket, StringBuilder head, Buffer bytes) {
        head.append(bytes.toString(StandardCharsets.ISO_8859_1));
        if (head.indexOf(END_OF_HEAD) >= 0) {
            String[] words = head.substring(0, head.indexOf("\r\n")).split(" ");
            answer(socket, words);
        } else if (head.length() > HEAD_LIMIT) {
            socket.close();
        }
    }

    private void answer(NetSocket socket, String[] words) {
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            socket.close();
        } else if (!words[0].equals("GET")) {
            send(socket, "405 Method Not Allowed", message("only GET is served here"));
        } else {
            Optional<byte[]> page = pages.get(words[1]);
            send(
                    socket,
                    page.isPresent() ? "200 OK" : "404 Not Found",
                    page.orElseGet(() -> message("page not found")));
        }
    }

    private static byte[] message(String text) {
        return ("{\"message\":\"" + text + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(NetSocket socket, String status, byte[] body) {
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        socket.end(Buffer.buffer(head, "ISO-8859-1").appendBytes(body));
    }
}
