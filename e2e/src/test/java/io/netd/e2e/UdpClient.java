package io.netd.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Somebody on the wire who sends from one port all the time, so that the host's tracked flow never ends by itself. */
final class UdpClient implements AutoCloseable {
    private static final String PROGRAM = """
            import select, socket, sys
            client = socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM)
            client.bind(("", 40000))
            server = (sys.argv[1], int(sys.argv[2]))
            client.sendto(b"first", server)
            print("ready", flush=True)
            asked = 0
            while True:
                told, _, _ = select.select([sys.stdin], [], [], 0.002)
                if not told:
                    client.sendto(b"more", server)
                    continue
                if not sys.stdin.readline():
                    break
                asked += 1
                client.sendto(b"ask %d" % asked, server)
                client.settimeout(1)
                answer = "nobody"
                try:
                    while not answer.endswith(" ask %d" % asked):
                        answer = client.recv(100).decode()
                except OSError:
                    answer = "nobody"
                print(answer, flush=True)
            """;

    private final Process process;
    private final BufferedReader answers;

    private UdpClient(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    /** Returns when it has begun to send. */
    static UdpClient of(Host host, String address, int port) {
        UdpClient client = new UdpClient(host.start(
                "ip", "netns", "exec", "wire", "python3", "-u", "-c", PROGRAM, address, Integer.toString(port)));
        if (!client.read().equals("ready")) {
            throw new AssertionError("the client on the wire did not start");
        }
        return client;
    }

    /** Who answers the next datagram, or {@code nobody}. */
    String ask() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read().replaceAll(" ask .*", "");
    }

    private String read() {
        try {
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
